using OdcPowerShell.Operations;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>The private gateway of a stage, through which its apps reach systems in a private network.</summary>
[Columns("StageName 20", "State 12", "Health 9", "Url")]
public sealed class OdcPrivateGateway : OdcResource, IOfStage, ILongRunning
{
    [JsonPropertyName("serverActive")]
    public bool? IsActive { get; set; }

    /// <summary>Healthy or Unhealthy.</summary>
    [JsonPropertyName("serverHealth")]
    public string? Health { get; set; }

    public bool? IsDeactivating { get; set; }

    /// <summary>The address that connectors connect to.</summary>
    public string? Url { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    /// <summary>Active, Inactive or Deactivating. The service does not report that a gateway is being activated.</summary>
    [JsonIgnore]
    public string State => IsDeactivating == true ? "Deactivating" : IsActive == true ? "Active" : "Inactive";

    /// <summary>Whether it was activated by this process, so that a wait ends when it is active.</summary>
    internal bool IsActivating { get; set; }

    string? ILongRunning.OperationKey => StageKey;

    string? ILongRunning.Status => State;

    bool ILongRunning.IsTerminal => IsActivating ? IsActive == true : IsDeactivating != true;

    bool ILongRunning.IsSuccess => IsActivating == (IsActive == true);

    OperationDescriptor ILongRunning.Descriptor => PrivateGateways.Changes;

    public override string ToString() => $"{StageName ?? StageKey}: {State}";
}

/// <summary>The token with which connectors sign in to a private gateway. The service shows it once.</summary>
[Columns("StageName 20", "Token 6", "Url")]
public sealed class OdcPrivateGatewayToken : OdcResource, IOfStage
{
    [JsonPropertyName("authToken")]
    public OdcSecretText? Token { get; set; }

    /// <summary>The address that connectors connect to; empty until it is known.</summary>
    [JsonIgnore]
    public string? Url { get; internal set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public override string ToString() => $"private gateway token of {StageName ?? StageKey}";
}

/// <summary>Reads private gateways, and waits for their activation or deactivation.</summary>
internal static class PrivateGateways
{
    /// <summary>The descriptor of an activation or deactivation.</summary>
    internal static OperationDescriptor<OdcPrivateGateway> Changes { get; } = new(
        "private gateway", "Get-OdcPrivateGateway", (client, gateway, caller, stopped) => ReadAsync(client, gateway.StageKey!, caller, stopped), (_, _, _, _) => Task.FromResult<IReadOnlyList<string>>([]))
    {
        About = (_, gateway) => $"stage {gateway.StageName ?? gateway.StageKey}",
        Complete = (before, now) => now.IsActivating = before.IsActivating,
        IsScarce = true,
    };

    internal static async Task<OdcPrivateGateway> ReadAsync(OdcClient client, string stageKey, ICaller caller, CancellationToken cancellationToken) =>
        (await client.GetAsync(EnvironmentConfigurationsApi.GetPrivateGateway, [stageKey], query: null, caller, cancellationToken).ConfigureAwait(false)).In(client, stageKey);
}
