namespace OdcPowerShell.Parameters;

/// <summary>The types of build.</summary>
public sealed class BuildTypeCompleter() : KnownValueCompleter("Release", "Debug");

/// <summary>The states of deployments and publications.</summary>
public sealed class StageOperationStatusCompleter() : KnownValueCompleter("Running", "Finished", "FinishedWithError");

/// <summary>What a deployment operation does.</summary>
public sealed class DeploymentOperationCompleter() : KnownValueCompleter("Deploy", "Undeploy", "ApplyConfigs");

/// <summary>The fields by which deployments and publications are sorted.</summary>
public sealed class StageOperationSortCompleter() : KnownValueCompleter("CreatedAt", "UpdatedAt", "FinishedAt", "AssetName", "AssetKey");
