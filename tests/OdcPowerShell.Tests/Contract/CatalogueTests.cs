using System.Text.RegularExpressions;
using OdcPowerShell.Http;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The module's operations are those of operations.csv, with the permissions that it names.</summary>
public sealed partial class CatalogueTests
{
    [Fact]
    public void Every_operation_is_in_the_table_with_its_verb_path_and_permission()
    {
        var table = OperationTable.Read(Specification.Required());
        Faults.None(OperationCatalogue.All.SelectMany(o => FaultsOf($"{o.Method} {o.Template}", o.Permission.ToString(), table)));
    }

    private static IEnumerable<string> FaultsOf(string operation, string permission, IReadOnlyDictionary<string, string> table)
    {
        if (!table.TryGetValue(operation, out var expected))
            yield return $"{operation} is not in operations.csv";
        else if (Normal(permission) != Normal(expected))
            yield return $"{operation} names the permission '{permission}', operations.csv '{expected}'";
    }

    // The table also says how a permission acts: it limits the rows of a list rather than forbid it.
    private static string Normal(string permission) => Spaces().Replace(permission.Replace("rows limited by ", "", StringComparison.Ordinal), " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Spaces();
}
