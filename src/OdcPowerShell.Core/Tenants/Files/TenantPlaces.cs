namespace OdcPowerShell.Tenants;

/// <summary>A file in the folder of an export.</summary>
/// <param name="Path">Its path, relative to the folder, with slashes.</param>
/// <param name="StageFolder">The folder of its stage; null for none.</param>
/// <param name="Kind">The kind whose place it is in; null for a place that nothing reads.</param>
/// <param name="IsOwn">Whether only files of an export belong there: in the folders of stages and of kinds. Elsewhere, users can have files of their own.</param>
internal sealed record TenantPlace(string Path, string? StageFolder, TenantKind? Kind, bool IsOwn);

/// <summary>Finds the files of an export in a folder, by the places where it writes them.</summary>
internal static class TenantPlaces
{
    /// <summary>The JSON files in the folder, in its folders and in those of stages, and links in the place of a folder that lead to nothing.</summary>
    internal static IEnumerable<TenantPlace> Files(string folder)
    {
        foreach (var found in In(folder, "", stage: null))
            yield return found;
        foreach (var stages in Folders(folder).Where(f => Is(f, TenantFolder.StageFolder)))
        {
            foreach (var file in Names(Path.Combine(folder, stages), _ => true))
                yield return new TenantPlace($"{stages}/{file}", null, null, IsOwn: true);
            foreach (var stage in Folders(Path.Combine(folder, stages)).Where(f => !IsHidden(f)))
            {
                foreach (var found in In(folder, $"{stages}/{stage}/", stage))
                    yield return found;
            }
        }
    }

    /// <summary>The links among some files, which may not exist yet, and their folders, relative to the folder.</summary>
    internal static IEnumerable<string> Links(string folder, IEnumerable<string> files) => files.SelectMany(WithParents).Distinct(StringComparer.Ordinal).Where(f => IsLink(Path.Combine(folder, f.Replace('/', Path.DirectorySeparatorChar))));

    /// <summary>Whether there is a link at a path, wherever it leads.</summary>
    internal static bool IsLink(string path)
    {
#if NETSTANDARD2_0
        try
        {
            return File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
#else
        return new FileInfo(path).LinkTarget is not null;
#endif
    }

    /// <summary>Whether there is a link at a path that leads to nothing. To File.Exists, the link itself is a file.</summary>
    internal static bool IsDeadLink(string path)
    {
        if (!IsLink(path))
            return false;
        try
        {
            File.OpenRead(path).Dispose();
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It leads to a folder, or to a file that can't be opened.
            return false;
        }
    }

    private static IEnumerable<TenantPlace> In(string folder, string place, string? stage)
    {
        var here = Path.Combine(folder, place.Replace('/', Path.DirectorySeparatorChar));
        foreach (var file in Names(here, link => TenantKinds.All.Any(k => !k.IsSingle && IsAt(k, stage) && Is(link, k.Folder)) || (stage is null && Is(link, TenantFolder.StageFolder))))
        {
            var kind = TenantKinds.All.FirstOrDefault(k => k.IsSingle && IsAt(k, stage) && Is(file, k.Folder + ".json"));
            if (stage is not null || !Is(file, TenantManifest.File))
                yield return new TenantPlace(place + file, stage, kind, IsOwn: stage is not null || !IsJson(file));
        }

        foreach (var child in Folders(here).Where(f => !IsHidden(f) && (stage is not null || !Is(f, TenantFolder.StageFolder))))
        {
            var kind = TenantKinds.All.FirstOrDefault(k => !k.IsSingle && IsAt(k, stage) && Is(child, k.Folder));
            var isOwn = stage is not null || kind is not null;
            foreach (var file in Names(Path.Combine(here, child), _ => false))
                yield return new TenantPlace($"{place}{child}/{file}", stage, kind, isOwn);
            foreach (var file in isOwn ? Below(here, child) : [])
                yield return new TenantPlace(place + file, stage, null, IsOwn: true);
        }
    }

    // What is deeper than a kind's folder, where nothing is read. A link can lead back.
    private static IEnumerable<string> Below(string here, string place)
    {
        foreach (var child in Folders(Path.Combine(here, place)).Where(f => !IsHidden(f)).Select(f => $"{place}/{f}"))
        {
            var path = Path.Combine(here, child);
            foreach (var found in IsLink(path) ? [child] : Names(path, _ => false).Select(f => $"{child}/{f}").Concat(Below(here, child)))
                yield return found;
        }
    }

    private static IEnumerable<string> WithParents(string file)
    {
        for (var path = file; path.Length > 0; path = path.LastIndexOf('/') is > 0 and var end ? path.Substring(0, end) : "")
            yield return path;
    }

    private static bool IsAt(TenantKind kind, string? stage) => stage is null ? !kind.IsPerStage || kind.IsOfOrganizationToo : kind.IsPerStage;

    private static bool Is(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);

    private static bool IsHidden(string name) => name.StartsWith(".", StringComparison.Ordinal);

    private static bool IsJson(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    // JSON files, and links to no folder where a folder could be.
    private static IEnumerable<string> Names(string folder, Func<string, bool> isFolder) => Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!)
        .Where(f => IsJson(f) || (isFolder(f) && IsDeadLink(Path.Combine(folder, f)))).OrderBy(f => f, StringComparer.Ordinal);

    private static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder).Select(f => Path.GetFileName(f)!).OrderBy(f => f, StringComparer.Ordinal);
}
