using System.Text.Json.Nodes;
using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Tenants;

/// <summary>
/// Plans the settings of assets and stages. The value of a secret can't be compared: it is set where it was never set, or when the user wants all
/// secrets set.
/// </summary>
internal sealed class SettingsImport(ImportContext context)
{
    private static IEnumerable<(string Property, string Section)> Sections =>
    [
        ("settings", SettingSection.Setting), ("timers", SettingSection.Timer), ("integrations", SettingSection.Integration), ("systemConfigurations", SettingSection.SystemConfiguration),
    ];

    internal async Task PlanAsync(TenantDocument wanted, TenantDocument now)
    {
        var stage = context.Keys.Stage(wanted.Stage!)!;
        var isOfStage = wanted.Kind == TenantKinds.SystemConfiguration;
        ConfigurationPlace place;
        IConfiguration configuration;
        if (isOfStage)
        {
            place = new ConfigurationPlace(stage);
            configuration = new StageSystemConfiguration { SystemConfigurations = (await context.Reader.SystemConfigurationAsync(stage).ConfigureAwait(false)).Items, Stage = stage };
        }
        else
        {
            var asset = (await context.Reader.DeployedAssetsAsync().ConfigureAwait(false)).Items.First(a => a.AssetKey == now.Key);
            place = new ConfigurationPlace(stage, asset.AssetKey, asset.Name, asset.AssetType);
            configuration = (await context.Reader.AssetConfigurationAsync(stage, asset).ConfigureAwait(false)).Items[0];
        }

        var (values, changes) = (new List<WantedSetting>(), new List<TenantPropertyChange>());
        foreach (var (property, section) in isOfStage ? [("settings", SettingSection.SystemConfiguration)] : Sections)
        {
            foreach (var value in wanted.Content[property] as JsonObject ?? [])
                Plan(wanted, place, configuration, $"{property}[{value.Key}]", value.Key, section, value.Value, values);
        }

        var plan = SettingPlan.Of(configuration, values, allowPlainText: false);
        foreach (var (target, failure) in plan.Failures)
            context.Skip(wanted, $"{failure.Message} {failure.RecommendedAction}", new TenantPropertyChange((string)target, null, null));
        if (plan.Changes.Count == 0)
            return;
        IReadOnlyList<PlannedSetting> planned = [.. plan.Changes];
        changes.AddRange(planned.Select(p => new TenantPropertyChange((string)p.Wanted.Target, p.Setting.Value, p.Shown)));
        context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = changes,
            Preview = () => place.Patch.Request(place.Keys, body: SettingPlan.Body(planned)),
            Send = sender => SendAsync(sender, place, planned),
        });
    }

    private void Plan(TenantDocument wanted, ConfigurationPlace place, IConfiguration configuration, string path, string name, string section, JsonNode? value, List<WantedSetting> values)
    {
        ISetting setting;
        try
        {
            setting = new SettingFinder(configuration).Find(new WantedSetting(name, path) { Section = section });
        }
        catch (OdcException e)
        {
            context.Skip(wanted, $"{e.Message} The app may run there in another revision.", new TenantPropertyChange(path, null, null));
            return;
        }

        var entry = value is JsonObject reference ? TenantDelta.Text(reference["secret"]) : null;
        if (entry is null && !setting.IsSecret)
        {
            var text = TenantDelta.Text(value) ?? "";
            if (text.Length > 0 || !string.IsNullOrEmpty(setting.Value))
                values.Add(new WantedSetting(name, path) { Section = section, Value = text, ClearsByEmpty = true });
        }
        else if (entry is null)
        {
            if (TenantDelta.Text(value) is not null)
                context.Skip(wanted, "it is a secret setting, and the file has its value as plain text: store the value in a vault (Set-Secret), and write the name of the entry into the file: { \"secret\": \"entry\" }", new TenantPropertyChange(path, null, Redactor.Hidden));
        }
        else if (!setting.IsSecret)
        {
            context.Skip(wanted, "it is not a secret setting: everybody who may view configurations sees its value. Write the value itself into the file", new TenantPropertyChange(path, null, null));
        }
        else if (context.SetsSecrets || !IsSet(setting))
        {
            AddSecret(wanted, place, configuration, path, name, section, entry);
        }
    }

    // The origin of a value that was never set is a default.
    private static bool IsSet(ISetting setting) => (setting as OdcConfigurationValue)?.ValueOrigin?.EndsWith("Override", StringComparison.OrdinalIgnoreCase) == true;

    private void AddSecret(TenantDocument wanted, ConfigurationPlace place, IConfiguration configuration, string path, string name, string section, string entry)
    {
        context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = [new TenantPropertyChange(path, null, $"the secret {entry}")],
            SecretName = entry,
            Preview = () => place.Patch.Request(place.Keys, body: new ApiBody([]) { Shown = $"{{\"{path}\":\"{Redactor.Hidden}\"}}" }),
            Send = async sender =>
            {
                var secret = await sender.SecretAsync(entry).ConfigureAwait(false);
                var plan = SettingPlan.Of(configuration, [new WantedSetting(name, path) { Section = section, SecretValue = secret }], allowPlainText: false);
                if (plan.Failures.Count > 0)
                    throw plan.Failures[0].Failure;
                await SendAsync(sender, place, [.. plan.Changes]).ConfigureAwait(false);
            },
        });
    }

    // To set a value twice does no harm.
    private static async Task SendAsync(StepSender sender, ConfigurationPlace place, IReadOnlyList<PlannedSetting> changes)
    {
        const int mostTries = 3;
        for (var tries = 1; ; tries++)
        {
            try
            {
                var sent = await new SettingSender(sender.Client, place).SendAsync(changes, sender.Caller, sender.Stopped).ConfigureAwait(false);
                if (sent.Rejected.Count == 0)
                    return;
                var (change, failure) = sent.Rejected[0];
                throw new OdcException(failure.Cause, $"{sent.Rejected.Count} of {changes.Count} settings were rejected: {string.Join(", ", sent.Rejected.Select(r => r.Change.Setting.Path))}. {change.Setting.Path}: {failure.Message}", failure.RecommendedAction, failure);
            }
            catch (OdcException e) when (e.Cause == OdcErrorCause.OutcomeUnknown && tries < mostTries)
            {
                sender.Caller.Verbose($"{e.Message} It is sent again: that sets the same.");
            }
        }
    }
}
