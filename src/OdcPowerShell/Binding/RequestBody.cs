using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>The body of a change. The service keeps members that are not in the body; null may clear a member.</summary>
internal sealed class RequestBody
{
    private readonly Dictionary<string, object?> _members = new(StringComparer.Ordinal);

    internal bool IsEmpty => _members.Count == 0;

    /// <summary>The specified parameters, under the names of their <see cref="BodyParameterAttribute"/>.</summary>
    /// <param name="cmdlet">The cmdlet with the bound parameters.</param>
    /// <param name="skipsEmpty">Whether an empty text counts as not specified, as in the cells of a CSV file.</param>
    internal static RequestBody Bind(PSCmdlet cmdlet, bool skipsEmpty = false)
    {
        var body = new RequestBody();
        foreach (var property in cmdlet.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<BodyParameterAttribute>() is not { } wire || !cmdlet.MyInvocation.BoundParameters.ContainsKey(property.Name))
                continue;
            var value = property.GetValue(cmdlet) is string text ? ValuesAttribute.Correct(property, text) : property.GetValue(cmdlet);
            if (!skipsEmpty || value is not (null or ""))
                body.Add(wire.Name, wire.IsClearedByEmpty && value is "" ? null : value);
        }

        return body;
    }

    /// <summary>The typed parameters, for all rows; if none was typed, the cells of the row that are not empty.</summary>
    internal static RequestBody Bind(PSCmdlet cmdlet, Func<string, bool> isTyped, bool takesRow)
    {
        var (typed, cells) = (new RequestBody(), new RequestBody());
        foreach (var property in cmdlet.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<BodyParameterAttribute>() is not { } wire || !cmdlet.MyInvocation.BoundParameters.ContainsKey(property.Name))
                continue;
            var value = property.GetValue(cmdlet) is string text ? ValuesAttribute.Correct(property, text) : property.GetValue(cmdlet);
            if (isTyped(property.Name))
                typed.Add(wire.Name, wire.IsClearedByEmpty && value is "" ? null : value);
            else if (takesRow && value is not (null or ""))
                cells.Add(wire.Name, value);
        }

        return typed.IsEmpty ? cells : typed;
    }

    /// <summary>The error for a change that changes nothing.</summary>
    internal static OdcException Nothing(string parameters) => new(OdcErrorCause.InvalidRequest, "There is nothing to change.", $"Specify {parameters}.");

    internal RequestBody Add(string name, object? value)
    {
        _members[name] = value switch
        {
            ObjectReference reference => reference.Key,
            ObjectReference[] references => references.Select(r => r.Key).ToArray(),
            SwitchParameter flag => flag.IsPresent,
            RequestBody body => body._members,
            IEnumerable<RequestBody> bodies => bodies.Select(b => b._members).ToArray(),
            _ => value,
        };
        return this;
    }

    /// <summary>The same for a member that is left out without a value.</summary>
    internal RequestBody AddIf(string name, object? value) => value is null ? this : Add(name, value);

    /// <summary>A copy that can be changed without changing this one.</summary>
    internal RequestBody Copy()
    {
        var copy = new RequestBody();
        foreach (var member in _members)
            copy._members[member.Key] = member.Value;
        return copy;
    }

    internal ApiBody ToContent() => new(JsonValues.ToJson(_members));
}

/// <summary>The name of the body member for a cmdlet parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BodyParameterAttribute(string name) : Attribute
{
    internal string Name { get; } = name;

    /// <summary>Whether an empty text is sent as null. PowerShell turns $null into an empty text.</summary>
    public bool IsClearedByEmpty { get; set; }
}

/// <summary>Gathers piped objects by the object that they are added to or removed from, so that they are sent together.</summary>
internal sealed class Gathering
{
    private readonly Dictionary<string, (ObjectReference Owner, Dictionary<string, ObjectReference> Parts)> _byOwner = new(StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<(ObjectReference Owner, IReadOnlyCollection<ObjectReference> Parts)> All => _byOwner.Values.Select(g => (g.Owner, (IReadOnlyCollection<ObjectReference>)g.Parts.Values));

    internal void Add(ObjectReference owner, ObjectReference part)
    {
        if (!_byOwner.TryGetValue(owner.Key!, out var gathered))
            _byOwner[owner.Key!] = gathered = (owner, new Dictionary<string, ObjectReference>(StringComparer.OrdinalIgnoreCase));
        if (!gathered.Parts.TryGetValue(part.Key!, out _))
            gathered.Parts[part.Key!] = part;
    }

    internal static string[] KeysOf(IEnumerable<ObjectReference> parts) => [.. parts.Select(p => p.Key!)];
}
