namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>An IP filter group that is changed, with the keys of its stage and itself, and its description and stage for messages.</summary>
internal sealed record IpFilterPlace(ObjectReference Group, string[] Keys, string Label, string Stage)
{
    /// <summary>The new name; null if it stays.</summary>
    internal string? Name { get; init; }

    /// <summary>The new description; null if it stays, and empty if it is cleared.</summary>
    internal string? Description { get; init; }

    /// <summary>What happens to the name and the description, in words.</summary>
    internal IEnumerable<string> Steps
    {
        get
        {
            if (Name is not null)
                yield return $"its name becomes {Name}";
            if (Description is not null)
                yield return Description.Length == 0 ? "its description is cleared" : $"its description becomes '{Description}'";
        }
    }
}
