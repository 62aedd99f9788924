using OdcPowerShell.Authentication;

namespace OdcPowerShell.AssetRepository;

/// <summary>A place at which one file can be put for a while. Its URL is a secret: whoever has it may write there.</summary>
[Columns("Host 29", "Name 20", "SentAt 17", "Length 10", "File")]
public sealed class OdcUpload : OdcResource
{
    /// <summary>The URL to put the file to, which also names the file afterwards.</summary>
    public OdcSecretText? UploadUrl { get; set; }

    /// <summary>Host of the URL.</summary>
    [JsonIgnore]
    public string? Host => Address()?.Uri.Authority;

    /// <summary>The last part of the URL's path.</summary>
    [JsonIgnore]
    public string? Name => Address()?.FileName;

    /// <summary>The file that Send-OdcFile put there.</summary>
    [JsonIgnore]
    public string? File { get; internal set; }

    /// <summary>Size of that file in bytes.</summary>
    [JsonIgnore]
    public long? Length { get; internal set; }

    /// <summary>When it was put there.</summary>
    [JsonIgnore]
    public DateTimeOffset? SentAt { get; internal set; }

    /// <summary>The URL as text, for the wire only.</summary>
    /// <exception cref="OdcException">There is none.</exception>
    internal StorageAddress RequiredAddress => Address() ?? throw new OdcException(
        OdcErrorCause.UnexpectedResponse, "The upload has no URL to send a file to.", "Get a new one with New-OdcUpload.");

    private StorageAddress? Address() => UploadUrl is null ? null : StorageAddress.TryParse(Secret.From(UploadUrl.ToSecureString()).Reveal());

    public override string ToString() => Name is null ? "" : $"{Host}/{Name}";
}
