using OdcPowerShell.Json;

namespace OdcPowerShell.Http;

/// <summary>Lists with <c>limit</c>, <c>offset</c> and a page object that names the next offset. Odd answers end the list, they never loop.</summary>
internal sealed class OffsetPageReader<T>(OdcClient client, Operation<Page<T>> operation, Query query, ListWindow window) : IPageReader<T>
{
    private long _offset = window.Skip;
    private long _left = window.First;
    private bool _ended = window.First <= 0;
    private bool _warned;

    public int? TotalCount { get; private set; }

    public async Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        var limit = (int)Math.Min(window.PageSize, _left);
        var asked = query.Copy().Add("limit", limit);
        if (_offset > 0)
            asked.Add("offset", checked((int)_offset));
        var page = await client.GetAsync(operation, [], asked, caller, cancellationToken).ConfigureAwait(false);
        var results = page.Results ?? [];
        if (results.Count > _left)
            results = [.. results.Take((int)_left)];
        CheckTotal(page.Info?.TotalResults, caller);
        Advance(page, results.Count);
        return results.Count == 0 ? null : results;
    }

    private void Advance(Page<T> page, int count)
    {
        _left -= count;
        var next = page.Info?.NextPageOffset;
        _ended = count == 0 || _left <= 0 || next is null || next <= _offset;
        _offset = next ?? _offset;
    }

    private void CheckTotal(int? total, ICaller caller)
    {
        if (total is null or < 0)
            return;
        if (TotalCount is { } before && before != total && !_warned)
        {
            _warned = true;
            caller.Warning($"The list changed while it was read ({before} objects, now {total}): some may be missing or repeated. Run the command again for an exact list.");
        }

        TotalCount = total;
    }
}
