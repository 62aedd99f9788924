namespace OdcPowerShell.Emulator;

/// <summary>A domain that the platform provides, of a stage or of the organization.</summary>
internal sealed record BuiltInDomain(string Prefix, string Domain, bool IsPrimary);

/// <summary>The domains, IP filters and private gateway of one stage. Guarded by <see cref="Store"/>.</summary>
internal sealed class StageNetwork(EmulatedStage stage)
{
    public List<BuiltInDomain> BuiltIn { get; } = [new(stage.BuiltInDomain.Split('.')[0], stage.BuiltInDomain, IsPrimary: true)];
    /// <summary>The hostname that new apps get: that of a built-in or a custom domain of the stage.</summary>
    public string DefaultDomain { get; set; } = stage.DefaultDomain;
    /// <summary>The IP filter groups; empty until they are first looked at.</summary>
    public List<IpFilterGroup> IpFilterGroups { get; } = [];

    /// <summary>The stage of a path, for which the client needs a permission.</summary>
    public static (EmulatedStage Stage, StageNetwork Network) Of(Store store, ApiCall call, string permission)
    {
        var stage = store.Stages[call.Key("environmentKey")];
        if (!call.Client.Has(permission, stage.Key))
            throw new ProblemException(Cause.PermissionMissing);
        if (!store.Networks.TryGetValue(stage.Key, out var network))
            store.Networks[stage.Key] = network = new StageNetwork(stage);
        return (stage, network);
    }
}
