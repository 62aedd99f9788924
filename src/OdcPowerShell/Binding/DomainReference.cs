using System.Collections;

namespace OdcPowerShell;

/// <summary>A domain of a stage as a user specifies it: a host name, or an object of Get-OdcDomain, Get-OdcBuiltInDomain or Get-OdcDefaultDomain, which has its stage.</summary>
public sealed class DomainReference
{
    internal DomainReference(string? hostname, object target) => (Hostname, Target) = (hostname, target);

    internal string? Hostname { get; }

    /// <summary>The stage of an object of this module; null for a text or a row, whose domain may be of any stage.</summary>
    internal string? StageKey { get; init; }

    internal string? StageName { get; init; }

    /// <summary>The object of a custom domain, which shows its certificate.</summary>
    internal OdcDomain? Custom { get; init; }

    /// <summary>Why the value is not accepted.</summary>
    internal OdcException? Failure { get; init; }

    /// <summary>The target of errors.</summary>
    internal object Target { get; }

    /// <inheritdoc/>
    public override string ToString() => Hostname ?? Target.ToString() ?? "";
}

/// <summary>Accepts a domain of a stage. A rejected value becomes a reference with the reason, which the command reports as the error of this input.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DomainOfStageAttribute : ArgumentTransformationAttribute
{
    private const string Accepted = "Specify the host name of a domain of the stage, such as shop.acme.example, or pipe objects from Get-OdcDomain or Get-OdcBuiltInDomain.";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        DomainReference reference => reference,
        string text => FromText(text, text),
        null or IDictionary or IEnumerable => Rejected($"A domain is expected here, not {(inputData is null ? "null" : "a list")}.", inputData),
        _ => FromObject(PipedObject.Of(inputData!)),
    };

    private static DomainReference FromObject(PipedObject piped) => piped.Resource switch
    {
        OdcDomain { Hostname: { } hostname, StageKey: not null } domain => new DomainReference(hostname, domain) { StageKey = domain.StageKey, StageName = domain.StageName, Custom = domain },
        OdcBuiltInDomain { Domain: { } hostname, StageKey: not null } domain => new DomainReference(hostname, domain) { StageKey = domain.StageKey, StageName = domain.StageName },
        OdcBuiltInDomain domain => Rejected($"The built-in domain {domain} belongs to the organization, and not to a stage.", domain),
        OdcDefaultDomain { DefaultDomain: { } hostname } domain => FromText(hostname, domain),
        null when (piped.Text(nameof(OdcDomain.Hostname)) ?? piped.Text(nameof(OdcBuiltInDomain.Domain)) ?? piped.Text(nameof(OdcDefaultDomain.DefaultDomain))) is { } text => FromText(text, piped.Target),
        _ => Rejected($"A domain is expected here, not {ResourceType.ArticleOf(piped.TypeName).ToLowerInvariant()} {piped.TypeName}.", piped.Target),
    };

    // Which domains the stage has is decided later. This finds what can't be a host name.
    private static DomainReference FromText(string text, object target)
    {
        var hostname = text.Trim().ToLowerInvariant();
        var isHostname = hostname.IndexOf('.') > 0 && hostname[hostname.Length - 1] != '.' && hostname.All(c => c is '.' or '-' || char.IsLetterOrDigit(c));
        return isHostname ? new DomainReference(hostname, target) : Rejected($"'{Redactor.Excerpt(text.Trim())}' is not the host name of a domain.", target);
    }

    private static DomainReference Rejected(string message, object? target) =>
        new(hostname: null, target ?? "") { Failure = new OdcException(OdcErrorCause.InvalidRequest, message, Accepted) };
}
