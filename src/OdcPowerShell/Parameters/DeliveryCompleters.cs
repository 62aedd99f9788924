using System.Collections;

namespace OdcPowerShell.Parameters;

/// <summary>The types of build.</summary>
public sealed class BuildTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Release", "Debug"];
}

/// <summary>The states of deployments and publications.</summary>
public sealed class StageOperationStatusCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Running", "Finished", "FinishedWithError"];
}

/// <summary>What a deployment operation does.</summary>
public sealed class DeploymentOperationCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Deploy", "Undeploy", "ApplyConfigs"];
}

/// <summary>The fields by which deployments and publications are sorted.</summary>
public sealed class StageOperationSortCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["CreatedAt", "UpdatedAt", "FinishedAt", "AssetName", "AssetKey"];
}
