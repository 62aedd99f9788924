namespace OdcPowerShell.Parameters;

/// <summary>The query parameter that a cmdlet's parameter becomes, when it is bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QueryParameterAttribute(string name) : Attribute
{
    internal string Name { get; } = name;

    /// <summary>Whether a switch that is given as false is sent as false, which is a filter too, and not left out.</summary>
    public bool SendsFalse { get; set; }

    /// <summary>Whether a switch means the opposite of the query parameter.</summary>
    public bool IsInverted { get; set; }

    /// <summary>Whether several values go in one text, joined by commas.</summary>
    public bool IsJoined { get; set; }
}
