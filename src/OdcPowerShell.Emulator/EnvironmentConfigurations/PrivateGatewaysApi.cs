namespace OdcPowerShell.Emulator;

/// <summary>The private gateway of a stage; the one of production is active from the start.</summary>
internal sealed class Gateway(Derivation derive, EmulatedStage stage)
{
    private int _issued;

    public bool IsActive { get; set; } = stage.Purpose == "Production";
    /// <summary>What is being done to it; null for nothing.</summary>
    public EmulatedOperation? Change { get; set; }
    public string Url { get; } = $"https://{stage.BuiltInDomain}/sg_{derive.Guid($"gateway/{stage.Name}")}";
    public string Token { get; private set; } = "";

    /// <summary>A new token; the one before is not valid any more.</summary>
    public string Issue() => Token = derive.Text($"gateway token/{stage.Name}/{++_issued}");
}

/// <summary>Activates and deactivates private gateways, which takes time, and issues their tokens, which are shown once.</summary>
internal sealed class PrivateGatewaysApi(Store store)
{
    private const string Base = "/api/environment-configurations/v1/environments/{environmentKey}/private-gateway";

    public void Map(ApiMap map)
    {
        map.Get(Base, Access.AnyPermission, call =>
        {
            var gateway = StageNetwork.Of(store, call, Permission.ViewConfigurations).Network.Gateway;
            return new
            {
                ServerActive = gateway.IsActive, ServerHealth = gateway is { IsActive: true, Change: null } ? "Healthy" : "Unhealthy",
                IsDeactivating = gateway.Change == EmulatedOperation.GatewayDeactivation, Url = gateway.IsActive || gateway.Token.Length > 0 ? gateway.Url : null,
            };
        });
        map.Post($"{Base}/activation", Access.AnyPermission, call =>
        {
            var (stage, gateway) = Changeable(call, isActive: false);
            Start(call, stage, gateway, EmulatedOperation.GatewayActivation, isActive: true);
            // A gateway that was active before keeps its token.
            return new { AuthToken = gateway.Token.Length > 0 ? gateway.Token : gateway.Issue() };
        });
        map.Post($"{Base}/deactivation", Access.AnyPermission, status: 202, act: call =>
        {
            var (stage, gateway) = Changeable(call, isActive: true);
            Start(call, stage, gateway, EmulatedOperation.GatewayDeactivation, isActive: false);
            return new { AuthToken = (string?)null };
        });
        map.Post($"{Base}/key-rotation", Access.AnyPermission, call => new { AuthToken = Changeable(call, isActive: true).Gateway.Issue() });
    }

    private (EmulatedStage Stage, Gateway Gateway) Changeable(ApiCall call, bool isActive)
    {
        var (stage, network) = StageNetwork.Of(store, call, Permission.ManageGateways);
        var gateway = network.Gateway;
        return gateway.Change is { } change ? throw new ProblemException(409, 1, $"The private gateway is busy with a {change}.")
            : gateway.IsActive != isActive ? throw new ProblemException(409, 2, $"The private gateway is {(isActive ? "not active" : "active")}.")
            : (stage, gateway);
    }

    private void Start(ApiCall call, EmulatedStage stage, Gateway gateway, EmulatedOperation kind, bool isActive)
    {
        gateway.Change = kind;
        var operation = new TimedOperation(kind, store.NewKey(kind.ToString()), call.By, stage: stage.Key);
        operation.Effect = () => gateway.IsActive = isActive;
        operation.Ended = () => gateway.Change = null;
        store.Start(operation);
    }
}
