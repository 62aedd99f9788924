namespace OdcPowerShell.Http;

/// <summary>Reads a list page by page.</summary>
internal interface IPageReader<T>
{
    /// <summary>How many objects the list has, once a page said so; null when the API does not say.</summary>
    int? TotalCount { get; }

    /// <summary>The next page; null after the last.</summary>
    Task<IReadOnlyList<T>?> NextAsync(ICaller caller, CancellationToken cancellationToken);
}
