namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Gets libraries with their revisions.</summary>
/// <remarks>
/// <para>Libraries don't run in stages by themselves: they are part of the assets that use them. The property Revisions contains the latest revision, or those that -RevisionScope asks for; Revision, Tag and Version are those of the newest of them.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcLibrary -Type ExternalLibrary</code>
/// <para>Gets the external libraries with their latest revisions.</para>
/// </example>
/// <example>
/// <code>(Get-OdcLibrary 'Money Formats' -RevisionScope All).Revisions | Sort-Object Version</code>
/// <para>Gets the versions of a library, the lowest first.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcLibrary", SupportsPaging = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListLibraries))]
[OutputType(typeof(OdcLibrary))]
public sealed class GetOdcLibraryCommand : ListCmdlet
{
    private readonly AssetSelection _libraries = new();

    /// <summary>Name of the libraries; wildcards are allowed. A name without wildcards that no library has is an error.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcLibrary))]
    public string? Name { get; set; }

    /// <summary>Only these libraries: objects from Get-OdcAsset, keys, names, or rows with a column AssetKey. Piped assets are gathered into one request.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names(typeof(OdcLibrary))]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>Only libraries of these types: LowCodeLibrary, ExtensionLibrary, ExternalLibrary, WidgetLibrary or MobileLibrary.</summary>
    [Parameter]
    [Alias("AssetType")]
    [ValidateNotNullOrEmpty]
    [Values("LowCodeLibrary", "ExtensionLibrary", "ExternalLibrary", "WidgetLibrary", "MobileLibrary")]
    [QueryParameter("type")]
    public string[]? Type { get; set; }

    /// <summary>Only libraries of this portfolio: a name, a key, or an object from Get-OdcPortfolio.</summary>
    [Parameter]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("portfolioKey")]
    public ObjectReference? Portfolio { get; set; }

    /// <summary>Which revisions of each library to get: Latest (the default), HighestTag, or All.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("Latest", "HighestTag", "All")]
    [QueryParameter("revisions")]
    public string? RevisionScope { get; set; }

    /// <summary>Only libraries for which the API client has this permission, for example AppChange; AppChange.key for a stage.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.Permissions)]
    [QueryParameter("permissionFilter")]
    public string? Permission { get; set; }

    /// <summary>The field to sort by: Name (the default) or PublishDateTime.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("Name", "PublishDateTime")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order; by name unless -Sort is specified.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _libraries.Add(Asset, KeyOf);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_libraries.IsEmpty)
            WriteLibraries();
        base.EndProcessing();
    }

    private void WriteLibraries()
    {
        var query = QueryBinder.Bind(this);
        // Unlike other lists, this one has the sort direction after the field.
        if (Sort is not null || Descending)
            query.Add("sort", $"{Sort ?? "Name"}:{(Descending ? "desc" : "asc")}");
        WriteNamed(Name, "library", query, (asked, window) => _libraries.Read(
            asked, window, (part, pages) => new OffsetPages<OdcLibrary>(Client, PortfoliosApi.ListLibraries, part, pages)));
    }
}
