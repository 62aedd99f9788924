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

    // The secret can't be read from its source.
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

/// <summary>What follows from the cause of a failure.</summary>
internal static class OdcErrorCauses
{
    /// <summary>Whether the failure concerns the session, so that every other request would fail too.</summary>
    internal static bool ConcernsSession(this OdcErrorCause cause) => cause is
        OdcErrorCause.NotConnected or OdcErrorCause.ConnectionNotFound or OdcErrorCause.ConnectionNameTaken
        or OdcErrorCause.TenantMissing or OdcErrorCause.TenantInvalid or OdcErrorCause.TenantNotHttps or OdcErrorCause.TenantNotFound
        or OdcErrorCause.DnsFailed or OdcErrorCause.ProxyRefused or OdcErrorCause.CertificateNotTrusted or OdcErrorCause.ConnectFailed
        or OdcErrorCause.DiscoveryNotJson or OdcErrorCause.DiscoveryIncomplete or OdcErrorCause.TokenEndpointNotHttps
        or OdcErrorCause.SignInFailed or OdcErrorCause.SecretExpired or OdcErrorCause.ClientSuspended or OdcErrorCause.TokenMissing
        or OdcErrorCause.TokenExpired or OdcErrorCause.TokenRefused or OdcErrorCause.ClockSkewed
        or OdcErrorCause.ClientIdMissing or OdcErrorCause.EnvironmentVariableMissing or OdcErrorCause.AutomationCredentialMissing
        or OdcErrorCause.CredentialProviderFailed or OdcErrorCause.VaultModuleMissing or OdcErrorCause.VaultMissing or OdcErrorCause.VaultLocked
        or OdcErrorCause.VaultFailed or OdcErrorCause.SecretNotFound or OdcErrorCause.SecretWrongType or OdcErrorCause.SecretExists;
}
