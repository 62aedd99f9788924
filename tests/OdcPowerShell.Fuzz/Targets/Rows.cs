using System.Collections;
using System.Management.Automation;
using OdcPowerShell.Binding;
using OdcPowerShell.Bases;

namespace OdcPowerShell.Fuzz.Targets;

/// <summary>Objects from the pipeline: rows of files, tables, lists.</summary>
internal static class Rows
{
    private static readonly string[] Columns = ["UserKey", "Email", "Name", "StageKey", "Stage", "AssetKey", "Asset", "Key", "GroupKey", "PortfolioKey", "Portfolio", "OperationKey", "BuildKey", ""];

    internal static void Reference(Mutator mutator) => Transform(mutator, mutator.Text("11111111-1111-1111-1111-111111111111"));

    internal static void Row(Mutator mutator) => Transform(mutator, Value(mutator, depth: 0));

    internal static void Body(Mutator mutator) => JsonValues.ToJson(Value(mutator, depth: 0) ?? "");

    private static void Transform(Mutator mutator, object? value)
    {
        var type = mutator.Pick(OdcPowerShell.Resources.ResourceTypes.All).Type;
        _ = mutator.Next(2) == 0 ? new ReferenceAttribute(type).Transform(null!, value!) : new ReferencesAttribute(type).Transform(null!, value!);
    }

    private static object? Value(Mutator mutator, int depth) => mutator.Next(depth > 3 ? 7 : 11) switch
    {
        0 => null,
        1 => Guid.NewGuid(),
        2 => mutator.Next(1000),
        3 => double.NaN,
        4 => DateTime.MinValue,
        5 => new OdcPowerShell.Identity.OdcUser(),
        6 => mutator.Text("Production"),
        7 => Enumerable.Range(0, mutator.Next(4)).Select(_ => Value(mutator, depth + 1)).ToArray(),
        8 => new Hashtable { [mutator.Pick(Columns)] = Value(mutator, depth + 1), [mutator.Next(5)] = Value(mutator, depth + 1) },
        _ => Object(mutator, depth),
    };

    private static PSObject Object(Mutator mutator, int depth)
    {
        var row = new PSObject();
        for (var i = mutator.Next(4); i >= 0; i--)
        {
            if (mutator.Pick(Columns) is { Length: > 0 } name && row.Properties[name] is null)
                row.Properties.Add(new PSNoteProperty(name, Value(mutator, depth + 1)));
        }

        return row;
    }
}
