using OdcPowerShell.Builds;

namespace OdcPowerShell.Deployments;

/// <summary>A revision that is to be deployed, and what is found out about it on the way.</summary>
internal sealed class DeploymentTarget(string assetKey, int revision, object input)
{
    internal string AssetKey => assetKey;

    internal int Revision => revision;

    /// <summary>What the user gave.</summary>
    internal object Input => input;

    internal OdcBuild? Build { get; set; }

    internal string? AssetName { get; set; }

    internal string? AssetType { get; set; }

    /// <summary>The revision that runs in the stage; null where none does, or where it is not known.</summary>
    internal int? Replaced { get; set; }

    /// <summary>Keys of the assets that it uses.</summary>
    internal IReadOnlyCollection<string> Producers { get; set; } = [];

    /// <summary>Libraries are never deployed: they travel inside the apps that use them.</summary>
    internal bool IsLibrary => AssetType?.EndsWith("Library", StringComparison.OrdinalIgnoreCase) == true;

    public override string ToString() => $"{AssetName ?? assetKey} revision {revision}";
}
