namespace OdcPowerShell.Tenants;

/// <summary>What a rule found in a tenant, could not check, or passed.</summary>
[Columns("Rule 18", "Severity 8", "Result 10", "Message", Wrap = true)]
public sealed class OdcTenantFinding : OdcResource
{
    /// <summary>The host name of the tenant.</summary>
    public string? Tenant { get; internal set; }

    /// <summary>The name of the rule; Get-OdcTenantRule describes it.</summary>
    public string? Rule { get; internal set; }

    /// <summary>High, Medium, Low or Info.</summary>
    public string? Severity { get; internal set; }

    /// <summary>Failed, NotChecked, Excepted or Passed.</summary>
    public string? Result { get; internal set; }

    /// <summary>Access, Delivery, Assets, Quality, Network or Platform.</summary>
    public string? Category { get; internal set; }

    /// <summary>The name of the object that breaks the rule, or of what could not be checked; empty for a rule that passed.</summary>
    public string? Subject { get; internal set; }

    /// <summary>The object with its stage, as one text.</summary>
    [JsonIgnore]
    public string ObjectName => StageName is null || StageName == Subject ? Subject ?? "" : string.IsNullOrEmpty(Subject) ? StageName : $"{Subject} in {StageName}";

    public string? StageKey { get; internal set; }

    /// <summary>The stage, for what belongs to one.</summary>
    public string? StageName { get; internal set; }

    /// <summary>What is wrong, or why it was not checked.</summary>
    public string? Message { get; internal set; }

    /// <summary>What to do.</summary>
    public string? Advice { get; internal set; }

    /// <summary>A command to copy.</summary>
    public string? Fix { get; internal set; }

    /// <summary>The permission without which it could not be checked.</summary>
    public string? Missing { get; internal set; }

    /// <summary>Why it is accepted that the object breaks the rule, from the settings file.</summary>
    public string? AcceptedBecause { get; internal set; }

    public override string ToString() => $"{Rule}: {Result}{(string.IsNullOrEmpty(Subject) ? "" : $", {Subject}")}";
}

/// <summary>A rule of Test-OdcTenant.</summary>
[Columns("Rule 24", "Severity 8", "Title 45", "RunsAlways 10", "Thresholds")]
public sealed class OdcTenantRule : OdcResource
{
    public string? Rule { get; internal set; }

    /// <summary>High, Medium, Low or Info, unless the settings file says otherwise.</summary>
    public string? Severity { get; internal set; }

    /// <summary>Access, Delivery, Assets, Quality, Network or Platform.</summary>
    public string? Category { get; internal set; }

    /// <summary>What it finds.</summary>
    public string? Title { get; internal set; }

    /// <summary>Why it matters, and what is checked.</summary>
    public string? Reason { get; internal set; }

    /// <summary>What to do.</summary>
    public string? Advice { get; internal set; }

    /// <summary>The numbers that can be changed, with their usual values.</summary>
    public IReadOnlyDictionary<string, string?>? Thresholds { get; internal set => field = value.Present(); }

    /// <summary>Whether it runs without being named. The others take many requests.</summary>
    public bool RunsAlways { get; internal set; }

    /// <summary>The requests that it takes, if they are many.</summary>
    public string? Costs { get; internal set; }

    public override string ToString() => Rule ?? "";
}
