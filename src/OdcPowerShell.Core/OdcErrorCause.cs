namespace OdcPowerShell;

/// <summary>Why a command failed. The error id that PowerShell shows is <c>Odc</c> followed by the cause; about_OdcErrors lists them all.</summary>
public enum OdcErrorCause
{
    // No usable connection in the session.
    NotConnected,
    ConnectionNotFound,
    ConnectionNameTaken,

    // The tenant can't be found or trusted.
    TenantMissing,
    TenantInvalid,
    TenantNotHttps,
    TenantNotFound,
    DnsFailed,
    ProxyRefused,
    CertificateNotTrusted,
    ConnectFailed,
    DiscoveryNotJson,
    DiscoveryIncomplete,
    TokenEndpointNotHttps,

    // The identity server does not issue a usable token.
    SignInFailed,
    SecretExpired,
    ClientSuspended,
    TokenMissing,
    TokenExpired,
    TokenRefused,
    ClockSkewed,

    // The secret can't be had from where it is kept.
    ClientIdMissing,
    EnvironmentVariableMissing,
    AutomationCredentialMissing,
    CredentialProviderFailed,
    VaultModuleMissing,
    VaultMissing,
    VaultLocked,
    VaultFailed,
    SecretNotFound,
    SecretWrongType,
    SecretExists,

    // The API's answers.
    InvalidRequest,
    AccessDenied,
    NotFound,
    Conflict,
    Throttled,
    Unavailable,
    Timeout,
    OutcomeUnknown,
    UnexpectedResponse,
    AmbiguousName,
    OperationFailed,

    // Files and pre-signed URLs.
    LinkExpired,
    FileNotFound,
    FileExists,
    FileTooLarge,
    FileFailed,
}
