namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Assets that limit a list. Piped assets are gathered for few requests.</summary>
internal sealed class AssetSelection
{
    private const int KeysPerRequest = 100;
    private readonly List<string> _keys = [];
    private bool _isAsked;
    private bool _isLimited;

    /// <summary>Whether the pipeline was empty, or none of its assets exists. Then the list must be empty too, and not contain everything.</summary>
    internal bool IsEmpty => !_isAsked || (_isLimited && _keys.Count == 0);

    internal void Add(IReadOnlyCollection<ObjectReference> assets, Func<ObjectReference, string?> keyOf)
    {
        _isAsked = true;
        _isLimited |= assets.Count > 0;
        _keys.AddRange(assets.Select(keyOf).OfType<string>());
    }

    /// <summary>The list of the added assets; of all assets if none was added.</summary>
    internal IPagedList<T> Read<T>(Query query, ListWindow window, Func<Query, ListWindow, IPagedList<T>> read)
    {
        var chunks = _keys.Select((key, i) => (key, i)).GroupBy(k => k.i / KeysPerRequest, k => k.key).Select(chunk => query.Copy().AddJoined("key", chunk)).ToList();
        return chunks.Count > 1
            ? chunks.Select(asked => read(asked, new ListWindow(PageSize: window.PageSize))).Concat().Window(window)
            : read(chunks.Count == 0 ? query : chunks[0], window);
    }
}
