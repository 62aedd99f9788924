using System.Collections;
using System.Globalization;

namespace OdcPowerShell.Output;

/// <summary>Makes every ErrorRecord of the module: id, category, target and recommended action.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord From(OdcException e, object? target) => new(e, "Odc" + e.Cause, Category(e.Cause), target)
    {
        ErrorDetails = new ErrorDetails(e.Message) { RecommendedAction = e.RecommendedAction },
    };

    /// <summary>The record with the recommended action in its message, where the host does not show it: before PowerShell 7.5, and in views other than ConciseView.</summary>
    internal static ErrorRecord WithAdvice(ErrorRecord record, SessionState session)
    {
        if (record.ErrorDetails is { RecommendedAction: { Length: > 0 } action } details
            && !details.Message.EndsWith(action, StringComparison.Ordinal)
            && !ShowsAction(session.PSVariable.GetValue("PSVersionTable") as IDictionary, session.PSVariable.GetValue("ErrorView")))
            record.ErrorDetails = new ErrorDetails($"{details.Message} {action}") { RecommendedAction = action };
        return record;
    }

    /// <summary>Whether the host shows the recommended action of errors.</summary>
    internal static bool ShowsAction(IDictionary? versions, object? view)
    {
        // The version of a preview has a label after the numbers.
        var version = Convert.ToString(versions?["PSVersion"], CultureInfo.InvariantCulture)?.Split('-')[0];
        return Version.TryParse(version, out var engine) && engine >= new Version(7, 5)
            && string.Equals(Convert.ToString(view, CultureInfo.InvariantCulture), "ConciseView", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the failure concerns the session, so that every other input would fail too.</summary>
    internal static bool IsTerminating(OdcErrorCause cause) => cause.ConcernsSession();

    /// <summary>The same for an exception: a failed sign-in concerns the session, whatever its cause.</summary>
    internal static bool IsTerminating(OdcException e) => e is OdcSignInException || IsTerminating(e.Cause);

    private static ErrorCategory Category(OdcErrorCause cause) => cause switch
    {
        OdcErrorCause.NotConnected or OdcErrorCause.ConnectionNotFound or OdcErrorCause.SecretNotFound
            or OdcErrorCause.VaultMissing or OdcErrorCause.NotFound or OdcErrorCause.FileNotFound => ErrorCategory.ObjectNotFound,
        OdcErrorCause.ConnectionNameTaken or OdcErrorCause.SecretExists or OdcErrorCause.Conflict or OdcErrorCause.FileExists => ErrorCategory.ResourceExists,
        OdcErrorCause.TenantMissing or OdcErrorCause.TenantInvalid or OdcErrorCause.TenantNotHttps or OdcErrorCause.TenantNotFound
            or OdcErrorCause.ClientIdMissing or OdcErrorCause.EnvironmentVariableMissing or OdcErrorCause.InvalidRequest
            or OdcErrorCause.AmbiguousName => ErrorCategory.InvalidArgument,
        OdcErrorCause.SecretWrongType => ErrorCategory.InvalidType,
        OdcErrorCause.DnsFailed or OdcErrorCause.ProxyRefused or OdcErrorCause.ConnectFailed => ErrorCategory.ConnectionError,
        OdcErrorCause.CertificateNotTrusted or OdcErrorCause.TokenEndpointNotHttps => ErrorCategory.SecurityError,
        OdcErrorCause.SignInFailed or OdcErrorCause.SecretExpired or OdcErrorCause.ClientSuspended or OdcErrorCause.TokenExpired
            or OdcErrorCause.TokenRefused or OdcErrorCause.VaultLocked => ErrorCategory.AuthenticationError,
        OdcErrorCause.VaultModuleMissing or OdcErrorCause.AutomationCredentialMissing => ErrorCategory.NotInstalled,
        OdcErrorCause.VaultFailed or OdcErrorCause.CredentialProviderFailed => ErrorCategory.ReadError,
        OdcErrorCause.ClockSkewed => ErrorCategory.DeviceError,
        OdcErrorCause.AccessDenied or OdcErrorCause.LinkExpired => ErrorCategory.PermissionDenied,
        OdcErrorCause.Throttled or OdcErrorCause.FileTooLarge => ErrorCategory.LimitsExceeded,
        OdcErrorCause.Unavailable => ErrorCategory.ResourceUnavailable,
        OdcErrorCause.Timeout or OdcErrorCause.OutcomeUnknown => ErrorCategory.OperationTimeout,
        OdcErrorCause.DiscoveryNotJson or OdcErrorCause.DiscoveryIncomplete or OdcErrorCause.TokenMissing
            or OdcErrorCause.UnexpectedResponse or OdcErrorCause.OperationFailed => ErrorCategory.InvalidResult,
        OdcErrorCause.FileFailed => ErrorCategory.OpenError,
        _ => ErrorCategory.NotSpecified,
    };
}
