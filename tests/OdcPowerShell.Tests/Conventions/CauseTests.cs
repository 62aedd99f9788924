using System.Management.Automation;
using OdcPowerShell.Bases;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>Every cause of an error either concerns the session, and ends a command, or concerns one input, and does not.</summary>
public sealed class CauseTests
{
    /// <summary>Another input may succeed. A new cause is in this list or in that of the errors' own file.</summary>
    private static readonly OdcErrorCause[] OfOneInput =
    [
        OdcErrorCause.InvalidRequest, OdcErrorCause.AccessDenied, OdcErrorCause.NotFound, OdcErrorCause.Conflict, OdcErrorCause.Throttled, OdcErrorCause.Unavailable,
        OdcErrorCause.Timeout, OdcErrorCause.OutcomeUnknown, OdcErrorCause.UnexpectedResponse, OdcErrorCause.AmbiguousName, OdcErrorCause.OperationFailed,
        OdcErrorCause.LinkExpired, OdcErrorCause.FileNotFound, OdcErrorCause.FileExists, OdcErrorCause.FileTooLarge, OdcErrorCause.FileFailed,
    ];

    [Fact]
    public void Each_is_one_or_the_other() =>
        Faults.None(from cause in Enum.GetValues<OdcErrorCause>()
                    where ErrorRecords.IsTerminating(cause) == OfOneInput.Contains(cause)
                    select $"{cause}: does it end the command?");

    [Fact]
    public void Each_has_a_category() =>
        Faults.None(from cause in Enum.GetValues<OdcErrorCause>()
                    where ErrorRecords.From(new OdcException(cause, "m", "a"), target: null).CategoryInfo.Category == ErrorCategory.NotSpecified
                    select cause.ToString());
}
