using System.Collections;
using System.Globalization;

namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>A change of one of several stages, from a hashtable or an object.</summary>
internal sealed record StageUpdate(ObjectReference Stage, string? Name, int? Order)
{
    private const int LongestName = 50;

    /// <exception cref="OdcException">It has no stage, no change, or an unknown member.</exception>
    internal static StageUpdate Read(object item)
    {
        var members = MembersOf(item);
        var stage = (members.TryGetValue("StageKey", out var key) ? key : members.TryGetValue("Stage", out var named) ? named : null)?.ToString()?.Trim();
        var name = members.TryGetValue("Name", out var newName) ? newName?.ToString() : null;
        var order = members.TryGetValue("Order", out var place) ? OrderOf(place) : null;
        if (string.IsNullOrEmpty(stage))
            throw Wrong("An update names no stage.");
        if (string.IsNullOrEmpty(name) && order is null)
            throw Wrong($"The update of the stage '{stage}' changes nothing.");
        if (name?.Length > LongestName)
            throw Wrong($"The new name of the stage '{stage}' has {name.Length} characters: a stage's has {LongestName} at most.");
        return new StageUpdate(Reference(stage!), name is "" ? null : name, order);
    }

    internal RequestBody ToBody()
    {
        var body = new RequestBody().Add("key", Stage.Key);
        if (Name is not null)
            body.Add("name", Name);
        return Order is null ? body : body.Add("order", Order);
    }

    private static Dictionary<string, object?> MembersOf(object item)
    {
        var bare = item is PSObject wrapped ? wrapped.BaseObject : item;
        var all = bare is IDictionary table
            ? table.Keys.Cast<object>().Select(k => (Name: k.ToString()!, Value: (object?)table[k]))
            : PSObject.AsPSObject(item).Properties.Where(p => IsMember(p.Name)).Select(p => (p.Name, (object?)p.Value));
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in all)
        {
            // Unknown members of a hashtable are errors. Objects may have other properties.
            if (!IsMember(name))
                throw Wrong($"An update of a stage has no '{name}'.");
            members[name] = value is PSObject inner ? inner.BaseObject : value;
        }

        return members;
    }

    private static bool IsMember(string name) => name.ToUpperInvariant() is "STAGEKEY" or "STAGE" or "NAME" or "ORDER";

    private static int? OrderOf(object? value) => value switch
    {
        null or "" => null,
        _ when int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var order) => order,
        _ => throw Wrong($"'{value}' is not the place of a stage, which is a number from 0."),
    };

    private static ObjectReference Reference(string text) => Guid.TryParse(text, out var key)
        ? new ObjectReference(ResourceTypes.Stage, key.ToString("D"), text, piped: null)
        : new ObjectReference(ResourceTypes.Stage, key: null, text, piped: null);

    private static OdcException Wrong(string message) => new(
        OdcErrorCause.InvalidRequest, message, "Use hashtables or objects with StageKey and Name, Order or both: @{ StageKey = 'QA'; Order = 10 }.");
}
