namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Assets that limit a list. Those that are piped are gathered, and asked for together.</summary>
internal sealed class AssetSelection
{
    private const int KeysPerRequest = 100;
    private readonly List<string> _keys = [];
    private bool _isAsked;
    private bool _isLimited;

    /// <summary>Whether there is nothing to ask for: the pipeline was empty, or none of its assets is there. It must not become a list of everything.</summary>
    internal bool IsEmpty => !_isAsked || (_isLimited && _keys.Count == 0);

    internal void Add(IReadOnlyCollection<ObjectReference> assets, Func<ObjectReference, string?> keyOf)
    {
        _isAsked = true;
        _isLimited |= assets.Count > 0;
        _keys.AddRange(assets.Select(keyOf).OfType<string>());
    }

    /// <summary>The list, of the assets that were added or of all where none was.</summary>
    internal IPagedList<T> Read<T>(Query query, ListWindow window, Func<Query, ListWindow, IPagedList<T>> read)
    {
        var chunks = _keys.Select((key, i) => (key, i)).GroupBy(k => k.i / KeysPerRequest, k => k.key).Select(chunk => query.Copy().AddJoined("key", chunk)).ToList();
        return chunks.Count > 1
            ? chunks.Select(asked => read(asked, new ListWindow(PageSize: window.PageSize))).Concat().Window(window)
            : read(chunks.Count == 0 ? query : chunks[0], window);
    }
}
