using System.Text;
using System.Text.Json;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.MobileBuilds;

/// <summary>A value of a configuration of a platform. The text of a secret is never shown, even if the service returns it.</summary>
public sealed class OdcMobileConfigurationValue : OdcTextPart
{
    /// <summary>The value; null for a secret.</summary>
    public string? Value { get => IsSecret ? null : field; set; }

    public bool IsSecret { get; set; }

    public string? DataType { get; set; }

    public DateTimeOffset? LastUpdateDate { get; set; }

    /// <summary>Whether there is a value. For a secret, the date of its last change is the only sign.</summary>
    [JsonIgnore]
    public bool IsSet => LastUpdateDate is not null || !string.IsNullOrEmpty(Value);

    public override string ToString() => !IsSecret ? Value ?? "" : IsSet ? Redactor.Hidden : "";

    /// <summary>The same as a secret, whatever the service says.</summary>
    internal OdcMobileConfigurationValue AsSecret()
    {
        IsSecret = true;
        return this;
    }
}

/// <summary>What the packages of a mobile app in a stage are made with. Both platforms have these values.</summary>
public abstract class OdcMobileConfiguration : OdcResource, IOfMobileApp
{
    private protected OdcMobileConfiguration()
    {
    }

    [JsonIgnore]
    public string? AssetKey { get; set; }

    [JsonIgnore]
    public string? AssetName { get; set; }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    public OdcMobileConfigurationValue? AppIdentifier { get; set; }

    public OdcMobileConfigurationValue? BuildType { get; set; }

    /// <summary>The version of the mobile builder (MABS); empty for the service's choice.</summary>
    [JsonPropertyName("mabsVersion")]
    public OdcMobileConfigurationValue? BuilderVersion { get; set; }

    /// <summary>Capacitor or Cordova.</summary>
    public OdcMobileConfigurationValue? MobileFramework { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [AppIdentifier, BuildType, BuilderVersion, MobileFramework];

    public override string ToString() => $"{AssetName ?? AssetKey} in {StageName ?? StageKey}";
}

/// <summary>What the Android packages of a mobile app in a stage are made with.</summary>
[Columns("AssetName 18", "StageName 12", "AppIdentifier 34", "BuildType 11", "BuilderVersion 14", "MobileFramework")]
public sealed class OdcAndroidConfiguration : OdcMobileConfiguration
{
    public OdcMobileConfigurationValue? Keystore { get; set => field = value?.AsSecret(); }

    public OdcMobileConfigurationValue? KeystoreName { get; set; }

    public OdcMobileConfigurationValue? KeystorePassword { get; set => field = value?.AsSecret(); }

    [JsonPropertyName("alias")]
    public OdcMobileConfigurationValue? KeyAlias { get; set => field = value?.AsSecret(); }

    [JsonPropertyName("aliasPassword")]
    public OdcMobileConfigurationValue? KeyAliasPassword { get; set => field = value?.AsSecret(); }

    internal override IEnumerable<OdcResource?> Parts => [.. base.Parts, Keystore, KeystoreName, KeystorePassword, KeyAlias, KeyAliasPassword];
}

/// <summary>What the iOS packages of a mobile app in a stage are made with.</summary>
[Columns("AssetName 18", "StageName 12", "AppIdentifier 34", "BuildType 11", "BuilderVersion 14", "MobileFramework")]
public sealed class OdcIosConfiguration : OdcMobileConfiguration
{
    public OdcMobileConfigurationValue? Certificate { get; set => field = value?.AsSecret(); }

    public OdcMobileConfigurationValue? CertificateName { get; set; }

    public OdcMobileConfigurationValue? CertificatePassword { get; set => field = value?.AsSecret(); }

    /// <summary>The specification does not call it a secret, but the guides do.</summary>
    public OdcMobileConfigurationValue? ProvisioningProfile { get; set => field = value?.AsSecret(); }

    public OdcMobileConfigurationValue? ProvisioningProfileName { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [.. base.Parts, Certificate, CertificateName, CertificatePassword, ProvisioningProfile, ProvisioningProfileName];
}

/// <summary>The changes of the configuration of a platform: each value has a wrapper of its own, and values that are not among them stay.</summary>
internal sealed class MobileConfigurationChange
{
    private readonly Dictionary<string, (string? Text, Secret? Secret)> _values = new(StringComparer.Ordinal);

    internal bool IsEmpty => _values.Count == 0;

    /// <summary>The members that change, for messages.</summary>
    internal IEnumerable<string> Members => _values.Keys;

    internal void Add(string member, string text) => _values[member] = (text, null);

    internal void Add(string member, Secret secret) => _values[member] = (null, secret);

    /// <summary>The body of the request. What a user may see of it has no secret.</summary>
    internal ApiBody ToContent() => new(Write(hidesSecrets: false))
    {
        Shown = Encoding.UTF8.GetString(Write(hidesSecrets: true)),
        Secrets = [.. _values.Values.Select(v => v.Secret).OfType<Secret>()],
    };

    private byte[] Write(bool hidesSecrets)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (member, (text, secret)) in _values.Select(v => (v.Key, v.Value)))
            {
                writer.WriteStartObject(member);
                writer.WriteString("value", secret is null ? text : hidesSecrets ? Redactor.Hidden : secret.Reveal());
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
