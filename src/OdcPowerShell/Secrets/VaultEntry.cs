using System.Collections;
using System.Management.Automation;

namespace OdcPowerShell.Secrets;

/// <summary>What a vault says of an entry besides its secret.</summary>
internal sealed record VaultEntry(string Name, string? VaultName, IDictionary Metadata)
{
    internal static VaultEntry From(PSObject info)
    {
        var metadata = new Hashtable(StringComparer.OrdinalIgnoreCase);
        var kept = info.Properties["Metadata"]?.Value;
        switch (kept is PSObject wrapped ? wrapped.BaseObject : kept)
        {
            case IDictionary table:
                foreach (DictionaryEntry pair in table)
                    metadata[pair.Key] = pair.Value;
                break;
            case IEnumerable<KeyValuePair<string, object>> pairs:
                foreach (var pair in pairs)
                    metadata[pair.Key] = pair.Value;
                break;
        }

        return new VaultEntry(Text(info, "Name") ?? "", Text(info, "VaultName"), metadata);
    }

    private static string? Text(PSObject info, string property) => info.Properties[property]?.Value?.ToString();
}
