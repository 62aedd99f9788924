namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>What belongs to one stage. The answers of this API lack the stage, which is added here.</summary>
internal interface IOfStage
{
    string? StageKey { get; set; }

    /// <summary>The name of the stage, if the API client may see it.</summary>
    string? StageName { get; set; }
}

/// <summary>Reads what belongs to one stage.</summary>
internal static class StageParts
{
    /// <summary>The domains of a stage.</summary>
    internal static IPagedList<OdcDomain> Domains(OdcClient client, string stageKey) => Domains(client, stageKey, new ListWindow());

    /// <inheritdoc cref="Domains(OdcClient, string)"/>
    internal static IPagedList<OdcDomain> Domains(OdcClient client, string stageKey, ListWindow window) =>
        new OffsetPages<OdcDomain>(client, EnvironmentConfigurationsApi.ListDomains, new Query(), window, stageKey).Do(domain => domain.In(client, stageKey));

    /// <summary>The IP filter groups of a stage, which the service lists without pages.</summary>
    internal static IPagedList<OdcIpFilterGroup> IpFilterGroups(OdcClient client, string stageKey) =>
        new OffsetPages<OdcIpFilterGroup>(
            (_, _, caller, stopped) => client.GetAsync(EnvironmentConfigurationsApi.ListIpFilterGroups, [stageKey], query: null, caller, stopped), new ListWindow()).Do(group => group.In(client, stageKey));

    /// <summary>Whether the list of IP filter groups was read so lately that it takes no request.</summary>
    internal static bool HasIpFilterGroups(OdcClient client, string stageKey) => client.Kept.Find(EnvironmentConfigurationsApi.ListIpFilterGroups.Request([stageKey])) is not null;

    /// <summary>An IP filter group as it is now.</summary>
    internal static async Task<OdcIpFilterGroup> IpFilterGroupAsync(OdcClient client, string stageKey, string key, ICaller caller, CancellationToken cancellationToken) =>
        (await client.GetAsync(EnvironmentConfigurationsApi.GetIpFilterGroup, [stageKey, key], query: null, caller, cancellationToken).ConfigureAwait(false)).In(client, stageKey);

    /// <summary>Adds the names of the apps to IP filter groups. Those of all groups are looked up together, and only those that are not known yet.</summary>
    internal static async Task NameAppsAsync(this IReadOnlyList<OdcIpFilterGroup> groups, OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        await client.Names.AssetNames.LearnAsync(groups.SelectMany(g => g.AssetKeys ?? []), caller, cancellationToken).ConfigureAwait(false);
        foreach (var group in groups)
            group.AssetNames = group.AssetKeys?.Select(key => client.Names.AssetNames.Of(key) ?? key).ToList();
    }

    /// <summary>Adds the stage, with its name if it was read lately, to what was read of it.</summary>
    internal static T In<T>(this T part, OdcClient client, string stageKey)
        where T : class, IOfStage
    {
        (part.StageKey, part.StageName) = (stageKey, client.Names.Stages.NameOf(stageKey));
        return part;
    }
}
