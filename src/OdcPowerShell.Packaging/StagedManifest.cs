using System.Text;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Packaging;

/// <summary>OdcPowerShell.psd1 in the folder that is packed. Addresses that the build does not know are left out.</summary>
internal sealed partial class StagedManifest
{
    internal const string Name = "OdcPowerShell.psd1";
    private readonly string _file;
    private readonly string _text;

    private StagedManifest(string file) => (_file, _text) = (file, File.ReadAllText(file));

    /// <summary>Its version, with the prerelease part.</summary>
    internal string Version => string.Join('-', new[] { Value("ModuleVersion"), Value("Prerelease") }.Where(part => part is not null));

    internal string? ProjectUri => Value("ProjectUri");

    internal string Description => Value("Description") ?? "";

    internal static StagedManifest In(string folder) => new(Path.Combine(folder, Name));

    /// <summary>Adds the release notes, and the addresses that are known. Of the notes it has what comes before the list: each import reads the manifest, and 25 KB of notes take it 60 ms.</summary>
    internal void Complete(string changelog, string projectUrl, string iconUrl)
    {
        var notes = Newest().Match(File.ReadAllText(changelog).ReplaceLineEndings("\n")).Value.Trim();
        (string Key, string Value)[] values = [("ProjectUri", Address.Check("RepositoryUrl", projectUrl)), ("IconUri", Address.Check("IconUrl", iconUrl)), ("ReleaseNotes", notes)];
        var lines = new StringBuilder();
        foreach (var (key, value) in values.Where(v => v.Value.Length > 0))
            lines.Append(' ', 12).Append(key).Append(" = '").Append(value.Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
        var at = Gallery().Match(_text);
        if (!at.Success)
            throw new PackagingException($"{Name} has no line PSData = @{{.");
        var text = _text.Insert(at.Index + at.Length, lines.ToString());
        // Windows PowerShell reads a file without a byte order mark in the code page of the machine.
        File.WriteAllText(_file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: !Ascii.IsValid(text)));
    }

    private string? Value(string key) =>
        Regex.Match(_text, $"^ *{key} *= '(?<value>.*)'$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(60)) is { Success: true } match
            ? match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal)
            : null;

    [GeneratedRegex(@"(?<=\n## [^\n]+\n).*?(?=\n- |\n## |\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Newest();

    [GeneratedRegex(@"^ *PSData *= @\{ *\n", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Gallery();
}

/// <summary>The addresses that come as build properties.</summary>
internal static class Address
{
    /// <summary>The address; empty if there is none.</summary>
    internal static string Check(string property, string address)
    {
        if (address.Length > 0 && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            throw new PackagingException($"{property} is '{address}'. Use an address that begins with https://.");
        return address;
    }
}
