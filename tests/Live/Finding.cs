namespace OdcPowerShell.Live;

/// <summary>How an answer can differ from what is expected.</summary>
internal enum Deviation
{
    /// <summary>A member that neither the module's type nor the specification has.</summary>
    UnknownProperty,
    MissingProperty,
    WrongType,
    /// <summary>A value outside a closed list.</summary>
    UnknownValue,
    DateFormat,
    UnexpectedNull,
    /// <summary>The module's own reader rejects the answer.</summary>
    Unreadable,
    MediaType,
    /// <summary>Another status than the one for such a request.</summary>
    Status,
    /// <summary>An error body that is not the documented one.</summary>
    ErrorBody,
    /// <summary>More objects than asked for, or another number than the page says.</summary>
    PageSize,
    PageRepeats,
    PageSkips,
    /// <summary>The next offset is missing, or does not grow.</summary>
    NextPage,
    /// <summary>A total or count differs from the list.</summary>
    Total,
    SortOrder,
    FilterIgnored,
    /// <summary>Another object than the one that was asked for.</summary>
    OtherObject,
    /// <summary>A 429 without a Retry-After that can be read.</summary>
    RetryAfter,
    /// <summary>What the run created could not be removed.</summary>
    NotRemoved,
}

/// <summary>A deviation at a place. All texts are the run's own words, names of members, and numbers: never a value of the tenant.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Operation">Verb and path template.</param>
/// <param name="Path">The member, such as <c>results[].status</c>; empty for the whole answer.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Found">What came instead.</param>
/// <param name="Source">Who expects it: module, specification or documentation.</param>
internal sealed record Finding(Deviation Kind, string Operation, string Path, string Expected, string Found, string Source = Sources.Module);

/// <summary>Who expects what was not found.</summary>
internal static class Sources
{
    internal const string Module = "module";
    internal const string Specification = "specification";
    internal const string Documentation = "documentation";
}

/// <summary>What a judge says about a value: a finding without its operation.</summary>
internal sealed record Fault(Deviation Kind, string Path, string Expected, string Found);
