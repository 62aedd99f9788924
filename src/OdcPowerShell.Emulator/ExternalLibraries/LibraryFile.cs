using System.IO.Compression;

namespace OdcPowerShell.Emulator;

/// <summary>
/// The zip files of external libraries. The emulator does not read assemblies: a file library.txt beside them has the library's name in its first
/// line, and then a line for each element: "action Add Left:Integer Right:Integer >Sum:Integer", "structure Point X:Decimal Y:Decimal". Without
/// it, the first assembly has one action.
/// </summary>
public static class LibraryFile
{
    private const string Manifest = "library.txt";

    /// <summary>Makes the zip file of a library with elements, each in a line as library.txt has it.</summary>
    public static byte[] Create(string name, params IEnumerable<string> elements) => Pack(
        ($"{name.Replace(" ", "", StringComparison.Ordinal)}.dll", "MZ"), (Manifest, string.Join('\n', elements.Prepend(name))));

    /// <summary>Makes a zip file with these files.</summary>
    public static byte[] Pack(params (string Name, string Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name);
                // The same content makes the same file.
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var writer = new StreamWriter(entry.Open());
                writer.Write(content);
            }
        }

        return packed.ToArray();
    }

    /// <summary>Reads the contents of a library, or why there is none in the file.</summary>
    internal static (LibraryContents? Contents, string? Fault) Read(byte[]? content)
    {
        if (content is null)
            return (null, "The package can't be downloaded: there is no file at its URL, or the URL has expired.");
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            var assembly = zip.Entries.FirstOrDefault(entry => !entry.FullName.AsSpan().ContainsAny('/', '\\') && entry.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase));
            if (assembly is null)
                return (null, "No assembly with an interface decorated with OSInterface is in the root directory of the zip file.");
            if (zip.GetEntry(Manifest) is not { } manifest)
                return (new LibraryContents(Path.GetFileNameWithoutExtension(assembly.Name), [LibraryElement.Parse("action Run Input:Text >Output:Text")]), null);
            using var reader = new StreamReader(manifest.Open());
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return (new LibraryContents(lines[0], [.. lines.Skip(1).Select(LibraryElement.Parse)]), null);
        }
        catch (InvalidDataException)
        {
            return (null, "The package is not a zip file.");
        }
    }
}

/// <summary>What a library shares: actions and structures.</summary>
internal sealed record LibraryContents(string Name, IReadOnlyList<LibraryElement> Elements)
{
    /// <summary>The contents of an asset that was there from the start, which has elements without parameters.</summary>
    public static LibraryContents Of(Asset asset) => new(
        asset.Name, [.. asset.Elements.Where(element => element.Type is "ServerAction" or "Structure").Select(element => new LibraryElement(element.Type == "ServerAction", element.Name, []))]);

    /// <summary>The answer with the changes since an earlier version; null where there is none.</summary>
    public object BodySince(LibraryContents? before) => new
    {
        Actions = Bodies(isAction: true, before, (element, parts, change) => new { element.Name, Parameters = parts, ChangeType = change, IconBase64 = (string?)null }),
        Structures = Bodies(isAction: false, before, (element, parts, change) => new { element.Name, Attributes = parts, ChangeType = change }),
    };

    private object[] Bodies(bool isAction, LibraryContents? before, Func<LibraryElement, object[], string, object> body)
    {
        var (old, now) = (before?.Elements.Where(element => element.IsAction == isAction).ToList() ?? [], Elements.Where(element => element.IsAction == isAction).ToList());
        return [.. now.Concat(old.Where(element => !now.Exists(n => n.Name == element.Name))).Select(element =>
        {
            var (was, @is) = (old.Find(o => o.Name == element.Name), now.Find(n => n.Name == element.Name));
            var parts = PartsOf(was?.Parts, @is?.Parts).ToList();
            var change = was is null ? "Added" : @is is null ? "Removed" : parts.TrueForAll(part => part.Change == "Unchanged") ? "Unchanged" : "Updated";
            return body(element, [.. parts.Select(part => part.Part.Body(isAction, part.Change))], change);
        })];
    }

    private static IEnumerable<(LibraryPart Part, string Change)> PartsOf(IReadOnlyList<LibraryPart>? before, IReadOnlyList<LibraryPart>? now)
    {
        foreach (var part in now ?? [])
        {
            var was = before?.FirstOrDefault(old => old.Name == part.Name);
            yield return (part, was is null ? "Added" : was == part ? "Unchanged" : "Updated");
        }

        foreach (var gone in (before ?? []).Where(old => now?.Any(part => part.Name == old.Name) != true))
            yield return (gone, "Removed");
    }
}

/// <summary>An action with its parameters, or a structure with its attributes.</summary>
internal sealed record LibraryElement(bool IsAction, string Name, IReadOnlyList<LibraryPart> Parts)
{
    public static LibraryElement Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is ["action" or "structure", var name, ..]
            ? new LibraryElement(words[0] == "action", name, [.. words.Skip(2).Select(LibraryPart.Parse)])
            : throw new InvalidDataException($"The line '{line}' is neither an action nor a structure.");
    }
}

internal sealed record LibraryPart(string Name, string DataType, bool IsOutput)
{
    public static LibraryPart Parse(string word)
    {
        var parts = word.TrimStart('>').Split(':', 2);
        return new LibraryPart(parts[0], parts.Length > 1 ? parts[1] : "Text", word[0] == '>');
    }

    public object Body(bool isParameter, string change) => isParameter
        ? new { Name, DataType, ParameterType = IsOutput ? "Output" : "Input", ChangeType = change }
        : new { Name, DataType, ChangeType = change };
}
