using System.Globalization;
using System.Text.Json.Nodes;
using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Tenants;

/// <summary>Plans the settings of assets and stages. The value of a secret can't be compared: on request, it is set where it was never set, or everywhere.</summary>
internal sealed class SettingsImport(ImportContext context)
{
    private int _unset;

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

        var (values, secrets) = (new List<WantedSetting>(), new List<WantedSecret>());
        foreach (var (property, section) in isOfStage ? [("settings", SettingSection.SystemConfiguration)] : Sections)
        {
            foreach (var value in wanted.Content[property] as JsonObject ?? [])
                Plan(wanted, configuration, new WantedSetting(value.Key, $"{property}[{value.Key}]") { Section = section }, value.Value, values, secrets);
        }

        var plan = SettingPlan.Of(configuration, values, allowPlainText: false);
        foreach (var (target, failure) in plan.Failures)
            context.Fault(wanted, (string)target, $"{failure.Message} {failure.RecommendedAction}");
        IReadOnlyList<PlannedSetting> planned = [.. plan.Changes];
        if (planned.Count > 0)
            AddValues(wanted, place, planned);
        if (secrets.Count > 0)
            AddSecrets(wanted, place, configuration, secrets);
    }

    /// <summary>Adds how many secrets are left out.</summary>
    internal void Conclude()
    {
        if (_unset > 0)
            context.Note($"{_unset.ToString(CultureInfo.InvariantCulture)} {(_unset == 1 ? "secret of the files was" : "secrets of the files were")} never set in the tenant, and {(_unset == 1 ? "is" : "are")} left out. -IncludeSecret sets {(_unset == 1 ? "it" : "them")} from a vault.");
    }

    private void AddValues(TenantDocument wanted, ConfigurationPlace place, IReadOnlyList<PlannedSetting> planned)
    {
        context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = [.. planned.Select(p => new TenantPropertyChange((string)p.Wanted.Target, p.Setting.Value, p.Shown))],
            Preview = () => place.Patch.Request(place.Keys, body: SettingPlan.Body(planned)),
            Send = sender => SendAsync(sender, place, planned),
        });
    }

    private void Plan(TenantDocument wanted, IConfiguration configuration, WantedSetting named, JsonNode? value, List<WantedSetting> values, List<WantedSecret> secrets)
    {
        var path = (string)named.Target;
        ISetting setting;
        try
        {
            setting = new SettingFinder(configuration).Find(named);
        }
        catch (OdcException e)
        {
            if (context.Options.SkipsMissing)
                context.Skip(wanted, $"{e.Message} The app may run there in another revision.", new TenantPropertyChange(path, null, null));
            else
                context.Fault(wanted, path, $"{e.Message} The app may run there in another revision: -SkipMissing leaves such settings out.");
            return;
        }

        var entry = value is JsonObject reference ? TenantDelta.Text(reference["secret"]) : null;
        if (entry is null && !setting.IsSecret)
        {
            var text = TenantDelta.Text(value) ?? "";
            if (text.Length > 0 || !string.IsNullOrEmpty(setting.Value))
                values.Add(new WantedSetting(named.Name, path) { Section = named.Section, Value = text, ClearsByEmpty = true });
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
        else if (context.Options.OverwritesSecrets || (context.Options.IncludesSecrets && !IsSet(setting)))
        {
            secrets.Add(new WantedSecret(named, entry));
        }
        else if (!IsSet(setting))
        {
            _unset++;
        }
    }

    // The origin of a value that was never set is a default.
    private static bool IsSet(ISetting setting) => (setting as OdcConfigurationValue)?.ValueOrigin?.EndsWith("Override", StringComparison.OrdinalIgnoreCase) == true;

    // Those that the vault has are set, although it lacks others.
    private void AddSecrets(TenantDocument wanted, ConfigurationPlace place, IConfiguration configuration, List<WantedSecret> secrets)
    {
        context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = [.. secrets.Select(s => new TenantPropertyChange(s.Path, null, $"the secret {s.Entry}"))],
            SecretNames = [.. secrets.Select(s => s.Entry)],
            Preview = () => place.Patch.Request(place.Keys, body: new ApiBody([]) { Shown = $"{{{string.Join(",", secrets.Select(s => $"\"{s.Path}\":\"{Redactor.Hidden}\""))}}}" }),
            Send = async sender =>
            {
                List<WantedSetting> read = [];
                foreach (var secret in secrets)
                {
                    if (await sender.SecretAsync(secret.Entry).ConfigureAwait(false) is { } value)
                        read.Add(new WantedSetting(secret.Setting.Name, secret.Path) { Section = secret.Setting.Section, SecretValue = value });
                }

                var plan = SettingPlan.Of(configuration, read, allowPlainText: false);
                if (plan.Failures.Count > 0)
                    throw plan.Failures[0].Failure;
                if (plan.Changes.Count > 0)
                    await SendAsync(sender, place, [.. plan.Changes]).ConfigureAwait(false);
                var unread = secrets.Where(s => sender.UnreadSecrets.ContainsKey(s.Entry)).Select(s => s.Entry).ToList();
                if (unread.Count > 0)
                    throw new UnreadSecretsException(unread, secrets.Count, sender.UnreadSecrets[unread[0]]);
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

/// <summary>A secret setting, and the vault entry that the file names for it.</summary>
internal sealed record WantedSecret(WantedSetting Setting, string Entry)
{
    internal string Path => (string)Setting.Target;
}

/// <summary>Secrets that could not be read from the vault; those that could were set.</summary>
internal sealed class UnreadSecretsException(IReadOnlyList<string> entries, int count, OdcException first) : OdcException(
    first.Cause, $"{(entries.Count == count ? "" : FormattableString.Invariant($"{entries.Count} of {count} "))}secrets could not be read ({string.Join(", ", entries)}): {first.Message}", first.RecommendedAction, first);
