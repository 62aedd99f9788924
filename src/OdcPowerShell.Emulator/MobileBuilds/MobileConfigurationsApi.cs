namespace OdcPowerShell.Emulator;

/// <summary>What the packages of mobile apps in stages are made with: the configuration of each platform, and extensibility settings.</summary>
internal sealed class MobileConfigurationsApi(Store store)
{
    private const string Base = "/api/native-mobile-builds/v1";
    private const string Configurations = $"{Base}/environments/{{environmentKey}}/applications/{{applicationKey}}/configurations";

    public void Map(ApiMap map)
    {
        map.List($"{Base}/native-builder-versions", Access.AnyPermission, Paging.Whole, _ => SeededMobile.All.Builders);
        foreach (var platform in MobilePlatform.All)
        {
            var path = $"{Configurations}/{platform.Name.ToLowerInvariant()}";
            map.Get(path, Access.AnyPermission, call => App(call, Permission.ViewConfigurations)[platform].Body());
            map.Patch<JsonObject>(path, Access.AnyPermission, (call, body) => Change(App(call, Permission.EditAssetConfigurations)[platform], body));
        }

        map.Get($"{Configurations}/extensibility-settings", Access.AnyPermission, call => Body(App(call, Permission.ViewConfigurations).SettingsOf(store)));
        map.Patch<SettingsBody>($"{Configurations}/extensibility-settings", Access.AnyPermission, (call, body) => Change(App(call, Permission.EditAssetConfigurations).SettingsOf(store), body));
    }

    private MobileApp App(ApiCall call, string permission) => MobileApp.Of(store, call, call.Key("environmentKey"), call.Key("applicationKey"), permission);

    // Nothing is changed unless all of it can be.
    private void Change(PlatformConfiguration configuration, JsonObject body)
    {
        List<(string Member, string? Value)> changes = [.. body.Where(member => member.Value is not null).Select(member => (member.Key, ValueOf(member.Key, member.Value!)))];
        foreach (var (member, value) in changes)
        {
            if (!configuration.Platform.Members.Contains(member, StringComparer.Ordinal))
                throw ProblemException.BadParameter($"A configuration has no member '{member}'.");
            if (configuration.Platform.Wrong(member, value) is { } wrong)
                throw new ProblemException(400, 40, wrong);
        }

        foreach (var (member, value) in changes)
            configuration.Set(member, value, store.Now);
    }

    private static string? ValueOf(string member, JsonNode wrapper) => wrapper is JsonObject values && values.ContainsKey("value")
        ? (string?)values["value"]
        : throw ProblemException.BadParameter($"The member '{member}' has no 'value'.");

    private void Change(IReadOnlyList<MobileSetting> settings, SettingsBody body)
    {
        List<(MobileSetting Setting, SettingBody Change)> changes =
        [
            .. Found([.. settings.Where(setting => setting.Library is null)], body.Settings),
            .. (body.Libraries ?? []).SelectMany(library => Found([.. settings.Where(setting => setting.Library?.Producer.Key.ToString() == library.Key)], library.Settings)),
        ];
        foreach (var (setting, change) in changes)
        {
            if (setting.Kind.Wrong(change.Value) is { } wrong)
                throw new ProblemException(400, 40, wrong);
        }

        foreach (var (setting, change) in changes)
            setting.Set(change.Value, change.Metadata?.ToDictionary(item => item.Key ?? "", item => item.Value, StringComparer.Ordinal), store.Now);
    }

    private static IEnumerable<(MobileSetting Setting, SettingBody Change)> Found(IReadOnlyList<MobileSetting> settings, SettingBody[]? changes) => (changes ?? []).Select(change =>
        (settings.FirstOrDefault(setting => setting.Key.ToString() == change.Key) ?? throw new ProblemException(400, 41, $"There is no setting '{change.Key}'."), change));

    private static object Body(IReadOnlyList<MobileSetting> settings) => new
    {
        Settings = settings.Where(setting => setting.Library is null).Select(setting => setting.Body()),
        Libraries = settings.Where(setting => setting.Library is not null).GroupBy(setting => setting.Library).Select(library => new
        {
            library.Key!.Producer.Key, Revision = library.Key.Revision.Number, Settings = library.Select(setting => setting.Body()),
        }),
    };

    private sealed record MetadataBody(string? Key, string? Value);

    private sealed record SettingBody(string? Key, string? Value, MetadataBody[]? Metadata);

    private sealed record LibraryBody(string? Key, SettingBody[]? Settings);

    private sealed record SettingsBody(SettingBody[]? Settings, LibraryBody[]? Libraries);
}
