namespace OdcPowerShell.Emulator;

/// <summary>The APIs on assets and their way through the stages.</summary>
internal static class DeliveryApis
{
    public static void Map(ApiMap map, EmulatedTenant tenant)
    {
        var (state, storage) = (tenant.Delivery.State, tenant.Delivery.Storage);
        var links = new RevisionLinks(storage);
        new AssetsApi(state, links).Map(map);
        new RevisionsApi(state, links).Map(map);
        new CreationApi(state, storage, links).Map(map);
        new BuildsApi(state, storage).Map(map);
        new DeploymentsApi(state).Map(map);
        new PublicationsApi(state).Map(map);
        new DependenciesApi(state).Map(map);
        new AnalysesApi(state).Map(map);
    }
}
