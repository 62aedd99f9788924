namespace OdcPowerShell;

/// <summary>One thing that Test-OdcConnection looked at.</summary>
[Columns("Check 22", "Result 8", "Detail", "Fix", Wrap = true)]
public sealed class OdcCheck
{
    internal OdcCheck(string check, string result, string detail, string? fix = null)
    {
        Check = check;
        Result = result;
        Detail = detail;
        Fix = fix;
    }

    /// <summary>What was looked at: Address, Proxy, Name, Discovery, Tls, Clock, Credential, Secret, Token, Call, or a permission.</summary>
    public string Check { get; }

    /// <summary>Passed, Warning, Failed, or Skipped when something before it failed or there is nothing to look at.</summary>
    public string Result { get; }

    /// <summary>What was found.</summary>
    public string Detail { get; }

    /// <summary>What to do, when something is wrong.</summary>
    public string? Fix { get; }

    internal static OdcCheck Passed(string check, string detail) => new(check, nameof(Passed), detail);

    internal static OdcCheck Warning(string check, string detail, string fix) => new(check, nameof(Warning), detail, fix);

    internal static OdcCheck Skipped(string check, string detail) => new(check, nameof(Skipped), detail);

    internal static OdcCheck Failed(string check, OdcException e) => new(check, nameof(Failed), e.Message, e.RecommendedAction);

    public override string ToString() => $"{Check}: {Result}";
}
