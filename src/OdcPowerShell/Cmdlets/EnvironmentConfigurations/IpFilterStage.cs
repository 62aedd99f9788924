namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>The IP filter groups of a stage as the list that was read last has them. It is not read for this alone: the API allows few requests.</summary>
internal sealed class IpFilterStage(ChangeCmdlet cmdlet)
{
    private OdcClient Client => cmdlet.Client;

    /// <summary>Whether a group is the default group of its stage, which concerns all apps in no other group; null if it may be.</summary>
    internal bool? IsDefault(OdcIpFilterGroup group, string stageKey) =>
        group.AssetCount > 0 ? false : group.IsUsualDefault ? true : Default(stageKey) is null ? null : false;

    /// <summary>From where the apps of the stage's default group can be reached; null if it is not known.</summary>
    internal IpFilterReach? DefaultReach(string stageKey) => Default(stageKey) is { } group ? new IpFilterReach(group.AccessType, group.Rules ?? []) : null;

    /// <summary>What happens to apps that a group loses, in words.</summary>
    internal string Leaving(string apps, int count, string filter, string stageKey)
    {
        var after = DefaultReach(stageKey) is { } reach ? $": {reach.Describe(count == 1 ? "it" : "them")}" : ", which may allow all addresses";
        return $"{apps} {(count == 1 ? "loses" : "lose")} {filter} and {(count == 1 ? "gets" : "get")} the stage's default group{after}";
    }

    /// <summary>Makes sure that no other group of the stage has a name, as far as the groups are known. They are read again before the name is rejected.</summary>
    /// <exception cref="OdcException">Another group has it.</exception>
    internal async Task<object> CheckNameAsync(string stageKey, string stage, string? ownKey, string name, ICaller caller, CancellationToken stopped)
    {
        if (!StageParts.IsListKept(Client, ResourceTypes.IpFilterGroup, stageKey) || await FindAsync() is null)
            return true;
        Client.Kept.Forget();
        return await FindAsync() is not { } other ? true : throw new OdcException(
            OdcErrorCause.Conflict, $"{stage} already has a group {other}: a name is unique in its stage.", "Specify another name, or change that group with Set-OdcIpFilterGroup.");

        async Task<OdcIpFilterGroup?> FindAsync() => (await StageParts.IpFilterGroups(Client, stageKey).ReadAllAsync(caller, stopped))
            .FirstOrDefault(other => NameText.IsSame(other.Name?.Trim(), name.Trim()) && !string.Equals(other.Key, ownKey, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Rejects what can't be in a group, as far as the types are known.</summary>
    /// <exception cref="OdcException">It is a library or an agent.</exception>
    internal void CheckTypes(IEnumerable<string> assetKeys)
    {
        foreach (var asset in assetKeys.Select(key => Client.Names.AssetNames.Find(key)).OfType<OdcAsset>())
        {
            var isAgent = string.Equals(asset.AssetType, "Agent", StringComparison.OrdinalIgnoreCase);
            if (!isAgent && asset.AssetType?.EndsWith("Library", StringComparison.OrdinalIgnoreCase) != true)
                continue;
            throw new OdcException(
                OdcErrorCause.InvalidRequest, $"{asset} is {ResourceType.ArticleOf(asset.AssetType!).ToLowerInvariant()} {asset.AssetType}, which can't be in an IP filter group.",
                isAgent ? "Leave it out: agents stay in the stage's default group." : "Specify the apps that use the library.");
        }
    }

    private OdcIpFilterGroup? Default(string stageKey) => StageParts.IsListKept(Client, ResourceTypes.IpFilterGroup, stageKey)
        ? cmdlet.Try(stopped => StageParts.IpFilterGroups(Client, stageKey).ReadAllAsync(cmdlet.Caller, stopped)).Result?.FirstOrDefault(group => group.IsUsualDefault) : null;
}
