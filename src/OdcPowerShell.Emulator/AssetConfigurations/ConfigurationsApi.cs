namespace OdcPowerShell.Emulator;

/// <summary>The settings of assets in stages, and the system configurations of stages. A value that is set stays pending until it is applied or deployed.</summary>
internal sealed class ConfigurationsApi(Store store, Derivation derive)
{
    private const string Base = "/api/asset-configurations/v1/environments/{environmentKey}";
    private static readonly string[] s_fields = ["settings", "timers", "integrations", "libraries", "systemConfigurations"];

    public void Map(ApiMap map)
    {
        foreach (var (assets, key, isAgent) in new[] { ("applications", "applicationKey", false), ("agents", "agentKey", true) })
        {
            var one = $"{Base}/{assets}/{{{key}}}";
            map.Get($"{one}/revisions/deployed/configurations", Access.AnyPermission, call => Body(call, Place(call, key, isAgent)));
            map.Get($"{one}/revisions/{{baselineRevision}}/configurations", Access.AnyPermission, call => Body(call, Place(call, key, isAgent) with { Revision = RevisionIn(call, key) }));
            map.Patch<AssetPatch>($"{one}/configurations", Access.AnyPermission, (call, body) => Change(call, Place(call, key, isAgent), body));
        }

        map.Get($"{Base}/default-system-configurations", Access.AnyPermission, call => new { SystemConfigurations = Values(OfStage(Stage(call, Permission.ViewConfigurations)), "EnvironmentLevel") });
        map.Patch<AssetPatch>($"{Base}/default-system-configurations", Access.AnyPermission, ChangeStage);
    }

    private EmulatedStage Stage(ApiCall call, params string[] permissions)
    {
        var stage = store.Stages[call.Key("environmentKey")];
        return Array.TrueForAll(permissions, permission => call.Client.Has(permission, stage.Key)) ? stage : throw new ProblemException(Cause.PermissionMissing);
    }

    private ConfiguredAsset Place(ApiCall call, string parameter, bool isAgent)
    {
        var stage = Stage(call, call.Request.Method == "GET" ? Permission.ViewConfigurations : Permission.EditConfigurations);
        var asset = store.Assets[call.Key(parameter)];
        var deployed = store.Deployed.GetValueOrDefault((asset.Key, stage.Key));
        return asset.IsDeployable && asset.Type == "Agent" == isAgent && deployed is not null
            ? new ConfiguredAsset(asset, stage, deployed, deployed.Revision)
            : throw ProblemException.NotFound("configuration of the asset", asset.Key);
    }

    private AssetRevision RevisionIn(ApiCall call, string parameter) => int.TryParse(call.Route["baselineRevision"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? store.Revision(call.Key(parameter), number)
        : throw ProblemException.BadParameter("The revision is not a number.");

    private Dictionary<string, object?> Body(ApiCall call, ConfiguredAsset place)
    {
        var fields = call.Query.Text("fields")?.Split(',', StringSplitOptions.TrimEntries) ?? s_fields;
        if (fields.Except(s_fields, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
            throw ProblemException.BadParameter($"There is no field '{unknown}'.");
        var settings = Of(place);
        var showsBinary = call.Query.OptionalFlag("showBinaryValues") == true;
        var own = settings.Where(setting => setting.Library is null).ToList();
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["key"] = place.Asset.Key,
            ["name"] = place.Asset.Name,
            ["revisionBaseline"] = place.Revision.Number,
            ["revisionDeployed"] = place.Deployed.Revision.Number,
            ["deployedAt"] = place.Deployed.At.UtcDateTime,
            ["settings"] = In("settings") ? Values(Section(own, "settings"), "ApplicationLevel", showsBinary) : null,
            ["timers"] = In("timers") ? Elements(own, "timers").Select(timer => new { timer.Key, timer.Name, Description = (string?)null, Configs = Values(timer.Settings, "ApplicationLevel") }) : null,
            ["integrations"] = In("integrations") ? Integrations(own, "ApplicationLevel") : null,
            ["libraries"] = In("libraries") ? Libraries(settings) : null,
        };
        if (place.Asset.Type != "Agent")
            body["systemConfigurations"] = In("systemConfigurations") ? Values(Section(own, "systemConfigurations"), "EnvironmentLevel") : null;
        return body;

        bool In(string field) => fields.Contains(field, StringComparer.OrdinalIgnoreCase);
    }

    private void Change(ApiCall call, ConfiguredAsset place, AssetPatch body)
    {
        var settings = Of(place);
        var own = settings.Where(setting => setting.Library is null).ToList();
        Change(
        [
            .. Found(Section(own, "settings"), body.Settings), .. Found(Section(own, "systemConfigurations"), body.SystemConfigurations),
            .. (body.Timers ?? []).SelectMany(timer => Found(OfElement(own, "timers", timer.Key), timer.Configs)),
            .. (body.Integrations ?? []).SelectMany(integration => Found(OfElement(own, "integrations", integration.Key), integration.Configs)),
            .. (body.Libraries ?? []).SelectMany(library => Found([.. settings.Where(setting => setting.Library is { } used && used.Producer.Key == library.Key && used.Revision.Number == library.Revision)], library.Settings)),
        ]);
    }

    private void ChangeStage(ApiCall call, AssetPatch body)
    {
        var stage = Stage(call);
        var changes = Found(OfStage(stage), body.SystemConfigurations);
        foreach (var (setting, _) in changes)
            Stage(call, setting.Kind.Name.StartsWith("SMTP", StringComparison.Ordinal) ? Permission.ManageEmail : Permission.EditConfigurations);
        Change(changes);
        Configuration(asset: null, stage.Key).Apply();
    }

    // Nothing is changed unless all of it can be.
    private void Change(IReadOnlyList<(Setting Setting, ValuePatch Patch)> changes)
    {
        foreach (var (setting, patch) in changes)
        {
            if (setting.Kind.Wrong(patch.Value) is { } wrong)
                throw new ProblemException(400, 40, wrong);
        }

        foreach (var (setting, patch) in changes)
            setting.Set(patch.Value, patch.FileName, store.Now);
    }

    private static List<(Setting Setting, ValuePatch Patch)> Found(IReadOnlyList<Setting> settings, ValuePatch[]? patches) => [.. (patches ?? []).Select(patch =>
        (settings.FirstOrDefault(setting => setting.Key == patch.Key) ?? throw new ProblemException(400, 41, $"There is no configuration '{patch.Key}'."), patch))];

    private List<Setting> Of(ConfiguredAsset place) => [.. Kinds(place).Select(Configuration(place.Asset.Key, place.Stage.Key).Keep)];

    private List<Setting> OfStage(EmulatedStage stage) =>
        [.. SettingKind.OfStages.Select(kind => New(kind, "stage", library: null, stage)).Select(Configuration(asset: null, stage.Key).Keep)];

    private Configuration Configuration(Guid? asset, Guid stage) =>
        store.Configurations.TryGetValue((asset, stage), out var known) ? known : store.Configurations[(asset, stage)] = new Configuration();

    private IEnumerable<Setting> Kinds(ConfiguredAsset place) =>
    [
        .. SettingKind.OfApps.Concat(place.Revision == place.Asset.Latest ? [SettingKind.OfNewest] : [])
            .Where(kind => place.Asset.Type != "Agent" || kind.Section != "systemConfigurations")
            .Select(kind => New(kind, place.Asset.Name, library: null, place.Stage)),
        .. place.Revision.References.Where(reference => reference.Producer.IsLibrary)
            .SelectMany(library => SettingKind.OfLibraries.Select(kind => New(kind, $"{place.Asset.Name}/{library.Producer.Name}", library, place.Stage))),
    ];

    // An element has the same key in all stages, as it comes from the code.
    private Setting New(SettingKind kind, string owner, AssetReference? library, EmulatedStage stage) => new(
        derive.Guid($"setting/{owner}/{kind.Element}/{kind.Name}"), kind, kind.Element is null ? null : derive.Guid($"element/{owner}/{kind.Element}"), library, stage.Name);

    private static IReadOnlyList<Setting> Section(IEnumerable<Setting> settings, string section) => [.. settings.Where(setting => setting.Kind.Section == section)];

    private static IReadOnlyList<Setting> OfElement(IEnumerable<Setting> settings, string section, Guid? element) =>
        [.. Section(settings, section).Where(setting => setting.ElementKey == element)];

    private static IEnumerable<(Guid? Key, string? Name, string? PluginType, IReadOnlyList<Setting> Settings)> Elements(IEnumerable<Setting> settings, string section) =>
        Section(settings, section).GroupBy(setting => setting.ElementKey).Select(element => (element.Key, element.First().Kind.Element, element.First().Kind.PluginType, (IReadOnlyList<Setting>)[.. element]));

    private static object Values(IEnumerable<Setting> settings, string origin, bool showsBinary = false) => settings.Select(setting => setting.Body(showsBinary, origin));

    private static object Integrations(IEnumerable<Setting> settings, string origin) =>
        Elements(settings, "integrations").Select(one => new { one.Key, one.Name, one.PluginType, Configs = Values(one.Settings, origin) });

    private static object Libraries(IEnumerable<Setting> settings) => settings.Where(setting => setting.Library is not null).GroupBy(setting => setting.Library).Select(library => new
    {
        library.Key!.Producer.Key, library.Key.Producer.Name, Revision = library.Key.Revision.Number, RevisionBaseline = library.Key.Revision.Number,
        Settings = Values(library, "LibraryLevel"), Integrations = Integrations(library, "LibraryLevel"), SystemConfigurations = Values([], "LibraryLevel"),
    });

    private sealed record ConfiguredAsset(Asset Asset, EmulatedStage Stage, DeployedRevision Deployed, AssetRevision Revision);

    private sealed record ValuePatch(Guid? Key, string? Value, string? FileName);

    private sealed record ElementPatch(Guid? Key, ValuePatch[]? Configs);

    private sealed record LibraryPatch(Guid? Key, int? Revision, ValuePatch[]? Settings);

    private sealed record AssetPatch(ValuePatch[]? Settings, ElementPatch[]? Timers, ElementPatch[]? Integrations, LibraryPatch[]? Libraries, ValuePatch[]? SystemConfigurations);
}
