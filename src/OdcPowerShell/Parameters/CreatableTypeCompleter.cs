using System.Collections;

namespace OdcPowerShell.Parameters;

/// <summary>The types of assets that can be created empty or from a template.</summary>
public sealed class CreatableTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) =>
        ["WebApplication", "MobileApplication", "MobileLibrary", "LowCodeLibrary", "Workflow", "Agent"];
}
