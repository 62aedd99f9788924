namespace OdcPowerShell.Portfolios;

/// <summary>An asset with what of it runs in which stage.</summary>
[Columns("Name 24", "AssetType 17", "DeployedTo")]
public sealed class OdcDeployedAsset : OdcResource, INamed, IJsonOnDeserialized
{
    [JsonPropertyName("key")]
    public string? AssetKey { get; set; }

    /// <summary>The name that its newest deployment has.</summary>
    [JsonIgnore]
    public string? Name => Deployments?.OrderByDescending(d => d.DeployedAt).FirstOrDefault()?.AssetName;

    /// <summary>WebApplication, MobileApplication, Workflow, Agent, or another type of a later version of the service.</summary>
    [JsonPropertyName("type")]
    public string? AssetType { get; set; }

    public bool? IsBuiltIn { get; set; }

    /// <summary>One for each stage, the newest first.</summary>
    public IReadOnlyList<OdcDeployedRevision>? Deployments { get; set => field = value.Present(); }

    /// <summary>What runs where: each stage with its revision.</summary>
    [JsonIgnore]
    public string DeployedTo => string.Join("; ", (Deployments ?? []).Select(d => $"{d.DeployedStageName ?? d.DeployedStageKey} {d.Revision}"));

    /// <summary>The same as <see cref="AssetKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => AssetKey;

    internal override IEnumerable<OdcResource?> Parts => Deployments ?? [];

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var deployment in Deployments ?? [])
            (deployment.AssetKey, deployment.AssetType, deployment.IsBuiltIn) = (AssetKey, AssetType, IsBuiltIn);
    }

    public override string ToString() => Name ?? AssetKey ?? "";
}
