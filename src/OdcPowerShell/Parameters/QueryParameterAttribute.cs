namespace OdcPowerShell.Parameters;

/// <summary>The query parameter that a cmdlet's parameter becomes, when it is bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QueryParameterAttribute(string name) : Attribute
{
    internal string Name { get; } = name;
}
