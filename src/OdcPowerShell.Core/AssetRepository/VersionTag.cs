namespace OdcPowerShell.AssetRepository;

/// <summary>Tags as versions, so that 1.10.0 comes after 1.9.0.</summary>
internal static class VersionTag
{
    /// <summary>The version that a tag says; null for none, and for a tag of another form.</summary>
    internal static Version? Read(string? tag) => Version.TryParse(tag, out var version) ? version : null;
}
