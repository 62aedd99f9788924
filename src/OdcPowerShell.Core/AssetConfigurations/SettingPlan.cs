using System.Text.Json;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.AssetConfigurations;

/// <summary>A setting and the value that it should have, as the user specified them.</summary>
internal sealed class WantedSetting(string name, object target)
{
    /// <summary>The name, the name with library and timer or integration before it, or the key.</summary>
    internal string Name => name;

    /// <summary>The input, for errors.</summary>
    internal object Target => target;

    /// <summary>The key, when the input is a setting that was read.</summary>
    internal string? SettingKey { get; init; }

    internal string? Section { get; init; }

    internal string? Element { get; init; }

    internal string? Library { get; init; }

    /// <summary>The value; null when <see cref="SecretValue"/> is set, or when the input has none.</summary>
    internal object? Value { get; init; }

    internal Secret? SecretValue { get; init; }

    internal string? FileName { get; init; }

    /// <summary>Further values that belong to the value, for an extensibility setting.</summary>
    internal Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the value is a file that the user specified.</summary>
    internal bool IsFile { get; init; }

    /// <summary>The name of the asset in the row; null if it has none.</summary>
    internal string? AssetName { get; init; }

    /// <summary>The name of the stage in the row; null if it has none.</summary>
    internal string? StageName { get; init; }

    /// <summary>The stage that the row is of, if its value is written to another.</summary>
    internal string? FromStage { get; init; }

    /// <summary>Whether an empty text clears the setting. In a row it is no value.</summary>
    internal bool ClearsByEmpty { get; init; }

    /// <summary>Whether a configuration without the setting is no error.</summary>
    internal bool IsOptional { get; init; }
}

/// <summary>A setting that will be changed. A value that is a secret is in no text that can be shown.</summary>
internal sealed class PlannedSetting(ISetting setting, string? text, Secret? secret, WantedSetting wanted)
{
    internal ISetting Setting => setting;

    internal string? Text => text;

    internal Secret? Secret => secret;

    internal WantedSetting Wanted => wanted;

    /// <summary>The new value as the user may see it.</summary>
    internal string Shown => secret is null ? text! : Redactor.Hidden;

    internal bool IsSame(PlannedSetting other) => secret is null ? SettingValue.IsSame(text, other.Text, setting.DataType) : secret.Equals(other.Secret);
}

/// <summary>The changes of the settings of an asset in a stage, or of a stage: what is changed, what has its value already, and what can't be changed and why.</summary>
internal sealed class SettingPlan
{
    private readonly Dictionary<ISetting, PlannedSetting> _changes = [];
    private readonly HashSet<ISetting> _contradicted = [];

    private SettingPlan(IConfiguration configuration) => Configuration = configuration;

    internal IConfiguration Configuration { get; }

    internal IReadOnlyCollection<PlannedSetting> Changes => _changes.Values;

    /// <summary>Whether a binary setting is among the changes. Its value is returned on request only.</summary>
    internal bool HasBinary => _changes.Keys.Any(s => s is { DataType: "BinaryUrl", IsSecret: false });

    /// <summary>The settings that have the value already.</summary>
    internal HashSet<ISetting> Unchanged { get; } = [];

    /// <summary>The names of optional settings that the configuration does not have.</summary>
    internal List<string> Absent { get; } = [];

    internal List<(object Target, OdcException Failure)> Failures { get; } = [];

    /// <summary>Compares what is wanted with what is there. Each wrong input has its own failure.</summary>
    internal static SettingPlan Of(IConfiguration configuration, IEnumerable<WantedSetting> wanted, bool allowPlainText)
    {
        var plan = new SettingPlan(configuration);
        var finder = new SettingFinder(configuration);
        foreach (var one in wanted)
        {
            try
            {
                configuration.RequirePlace(one);
                plan.Add(one, finder.Find(one), allowPlainText);
            }
            catch (OdcException e) when (one.IsOptional && e.Cause == OdcErrorCause.NotFound)
            {
                plan.Absent.Add(one.Name);
            }
            catch (SecretTextException e)
            {
                // The input has the secret as plain text, which an error must not repeat.
                plan.Failures.Add(($"{one.Name} of {configuration}", e));
            }
            catch (OdcException e)
            {
                plan.Failures.Add((one.Target, e));
            }
        }

        return plan;
    }

    /// <summary>The body of the request that makes some of the changes.</summary>
    internal static ApiBody Body(IReadOnlyCollection<PlannedSetting> changes) => new(Write(changes, hidesSecrets: false))
    {
        Shown = Redactor.Clean(System.Text.Encoding.UTF8.GetString(Write(changes, hidesSecrets: true))),
        Secrets = [.. changes.Select(c => c.Secret).OfType<Secret>()],
    };

    private void Add(WantedSetting wanted, ISetting setting, bool allowPlainText)
    {
        if (Planned(wanted, setting, allowPlainText) is not { } planned)
            return;
        var isUnchanged = planned is { Secret: null, Wanted.Metadata.Count: 0 } && SettingValue.IsSame(planned.Text, setting.Value, setting.DataType);
        if (_contradicted.Contains(setting) || (_changes.TryGetValue(setting, out var earlier) ? !earlier.IsSame(planned) : Unchanged.Contains(setting) && !isUnchanged))
        {
            // Neither value is sent.
            _changes.Remove(setting);
            Unchanged.Remove(setting);
            _contradicted.Add(setting);
            throw Wrong($"{MessageText.Capital(Of(setting))} has two values in the input.", "Specify one value for each setting.");
        }

        if (isUnchanged)
            Unchanged.Add(setting);
        else
            _changes[setting] = planned;
    }

    private PlannedSetting? Planned(WantedSetting wanted, ISetting setting, bool allowPlainText)
    {
        if (setting.SettingKey is null)
            throw Wrong($"{MessageText.Capital(Of(setting))} has no key, so that it can't be changed.", "Change it in the ODC Portal.");
        if (wanted.FileName is not null && setting.DataType is not (null or "BinaryUrl") && wanted.IsFile)
            throw Wrong($"{MessageText.Capital(Of(setting))} takes no file: its type is {setting.DataType}.", "Specify a text, for example the content of the file: (Get-Content -Raw).");
        if (wanted.SecretValue is { } secret)
        {
            return setting.IsSecret ? new PlannedSetting(setting, text: null, secret, wanted)
                : throw Wrong($"{MessageText.Capital(Of(setting))} is not a secret setting: everybody who may view configurations sees its value.", "Specify the value as plain text with -Value, or another setting.");
        }

        if (wanted.Value is "" && setting.IsSecret && wanted.ClearsByEmpty)
            throw Wrong($"{MessageText.Capital(Of(setting))} is a secret setting, which an empty text can't clear.", "Specify another secret.");
        if (wanted.Value is null || (wanted.Value is "" && !wanted.ClearsByEmpty))
        {
            // A setting that was exported has an empty cell for a secret, and for a value that is empty.
            return setting.IsSecret || string.IsNullOrEmpty(setting.Value) ? null : throw Wrong(
                $"The input has no value for {Of(setting)}, which is '{Redactor.Excerpt(setting.Value!, 60)}' now.",
                "Specify a value; in a file, fill the column Value or remove the row. To clear a text, use the command for this setting alone, with -Value ''.");
        }

        var text = SettingValue.Text(wanted.Value, setting.DataType);
        if (setting.IsSecret && text == typeof(System.Security.SecureString).FullName)
            throw Wrong($"The value of {Of(setting)} is the name of a type: a SecureString was written to a file.", "Read the secret again, or specify -SecretName.");
        if (setting.IsSecret)
        {
            return allowPlainText ? new PlannedSetting(setting, text: null, new Secret(text), wanted)
                : throw new SecretTextException($"{MessageText.Capital(Of(setting))} is a secret setting, and the value is plain text.", "Specify a SecureString, or -SecretName with the name of a secret in a vault; -AllowPlainText accepts the text.");
        }

        return SettingValue.Expected(text, setting.DataType) is { } expected
            ? throw Wrong($"{(allowPlainText ? "The text" : $"'{Redactor.Excerpt(text, 60)}'")} is not a value of {Of(setting)}, whose type is {setting.DataType}.", $"Specify {expected}.")
            : new PlannedSetting(setting, text, secret: null, wanted);
    }

    private string Of(ISetting setting) => $"the setting {setting.Path} of {Configuration}";

    private static OdcException Wrong(string message, string action) => new(OdcErrorCause.InvalidRequest, message, action);

    // Settings stand in sections, those of timers and integrations under their keys, and those of libraries under key and revision.
    private static byte[] Write(IReadOnlyCollection<PlannedSetting> changes, bool hidesSecrets)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            WriteSections(writer, [.. changes.Where(c => c.Setting.Place.LibraryKey is null)], hidesSecrets);
            WriteEach(writer, "libraries", changes.Where(c => c.Setting.Place.LibraryKey is not null), c => c.Setting.Place.LibraryKey, library =>
            {
                if (library[0].Setting.Place.LibraryRevision is { } revision)
                    writer.WriteNumber("revision", revision);
                WriteSections(writer, library, hidesSecrets);
            });
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteSections(Utf8JsonWriter writer, IReadOnlyList<PlannedSetting> changes, bool hidesSecrets)
    {
        WriteValues(writer, "settings", [.. changes.Where(c => c.Setting.Place.Section == SettingSection.Setting)], hidesSecrets);
        foreach (var (member, section) in new[] { ("timers", SettingSection.Timer), ("integrations", SettingSection.Integration) })
            WriteEach(writer, member, changes.Where(c => c.Setting.Place.Section == section), c => c.Setting.Place.ElementKey, one => WriteValues(writer, "configs", one, hidesSecrets));
        WriteValues(writer, "systemConfigurations", [.. changes.Where(c => c.Setting.Place.Section == SettingSection.SystemConfiguration)], hidesSecrets);
    }

    private static void WriteEach(
        Utf8JsonWriter writer, string member, IEnumerable<PlannedSetting> changes, Func<PlannedSetting, string?> keyOf, Action<IReadOnlyList<PlannedSetting>> write)
    {
        // An asset can use a library in several revisions.
        var groups = changes.GroupBy(c => $"{keyOf(c)}/{c.Setting.Place.LibraryRevision}", StringComparer.OrdinalIgnoreCase).ToList();
        if (groups.Count == 0)
            return;
        writer.WriteStartArray(member);
        foreach (var group in groups)
        {
            writer.WriteStartObject();
            writer.WriteString("key", keyOf(group.First()));
            write([.. group]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter writer, string member, IReadOnlyList<PlannedSetting> changes, bool hidesSecrets)
    {
        if (changes.Count == 0)
            return;
        writer.WriteStartArray(member);
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("key", change.Setting.SettingKey);
            writer.WriteString("value", hidesSecrets ? change.Shown : change.Secret?.Reveal() ?? change.Text);
            if (change.Wanted.FileName is { } file)
                writer.WriteString("filename", file);
            if (change.Wanted.Metadata.Count > 0)
                WriteMetadata(writer, change.Wanted.Metadata);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, Dictionary<string, string> metadata)
    {
        writer.WriteStartArray("metadata");
        foreach (var item in metadata)
        {
            writer.WriteStartObject();
            writer.WriteString("key", item.Key);
            writer.WriteString("value", item.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

/// <summary>The value of a secret setting was specified as plain text.</summary>
internal sealed class SecretTextException(string message, string action) : OdcException(OdcErrorCause.InvalidRequest, message, action);
