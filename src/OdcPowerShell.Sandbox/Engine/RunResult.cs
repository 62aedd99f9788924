using System.Management.Automation;

namespace OdcPowerShell.Sandbox.Engine;

/// <summary>What a text wrote: results and errors.</summary>
internal sealed record RunResult(IReadOnlyList<PSObject> Objects, IReadOnlyList<ErrorRecord> Errors)
{
    /// <summary>The text, where one text was written and nothing else.</summary>
    public string? Text => Objects is [{ BaseObject: string text }] ? text : null;

    /// <summary>A property of the first result.</summary>
    public object? this[string property] => Objects.Count > 0 ? Objects[0].Properties[property]?.Value : null;
}
