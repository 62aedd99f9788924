using System.Collections;
using System.Reflection;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Completes names of objects in the files of an export, of the kinds that were typed before.</summary>
public sealed class TenantFileCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(PropertyInfo? parameter, string typed, IDictionary boundParameters)
    {
        if (boundParameters["Path"]?.ToString() is not { Length: > 0 } path)
            return [];
        var kinds = LanguagePrimitives.ConvertTo<string[]>(boundParameters["Kind"]) ?? [];
        try
        {
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            var folder = shell.AddCommand("Microsoft.PowerShell.Management\\Convert-Path").AddParameter("LiteralPath", path).Invoke<string>().FirstOrDefault();
            if (folder is null)
                return [];
            var content = new TenantFolderReader(folder).Read();
            return [.. content.Documents.Where(d => kinds.Length == 0 || kinds.Contains(d.Kind.Name, StringComparer.OrdinalIgnoreCase)).Select(d => d.Name).Distinct(StringComparer.Ordinal).OrderBy(n => n, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is OdcException or RuntimeException)
        {
            // Tab can't show an error; the command itself will report it.
            return [];
        }
    }
}
