namespace OdcPowerShell.AssetRepository;

/// <summary>Tags as versions, so that 1.10.0 comes after 1.9.0.</summary>
internal static class VersionTag
{
    /// <summary>The version that a tag says; null for none, and for a tag of another form.</summary>
    internal static Version? Read(string? tag) => Version.TryParse(tag, out var version) ? version : null;

    /// <summary>A revision as people name it, with its tag where it has one: <c>5 (1.10.0)</c>. Empty where there is none.</summary>
    internal static string Text(int? revision, string? tag) => string.IsNullOrEmpty(tag) ? FormattableString.Invariant($"{revision}") : FormattableString.Invariant($"{revision} ({tag})");
}
