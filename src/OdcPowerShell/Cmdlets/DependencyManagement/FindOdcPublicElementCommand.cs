namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Finds elements that assets share with others, in all assets or in some.</summary>
/// <remarks>
/// <para>Piped assets are gathered into one search. Without -Digest, the search covers the latest revision of each asset.</para>
/// </remarks>
/// <example>
/// <code>Find-OdcPublicElement Get* -ElementType ServiceAction</code>
/// <para>Gets the service actions of all assets whose name starts with Get.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type LowCodeLibrary | Find-OdcPublicElement -NameOrDescription format | Select-Object AssetName, Name</code>
/// <para>Lists the elements of libraries with "format" in their name or description.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "OdcPublicElement", SupportsPaging = true)]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.SearchPublicElements))]
[OutputType(typeof(OdcPublicElement))]
public sealed class FindOdcPublicElementCommand : ListCmdlet
{
    private readonly List<RequestBody> _assets = [];
    private bool _isAsked;

    /// <summary>Name of the elements; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Name { get; set; }

    /// <summary>Only elements with this text in their name or description.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [BodyParameter("elementNameOrDescriptionContains")]
    public string? NameOrDescription { get; set; }

    /// <summary>Only elements of this type, for example ServiceAction, ServerEntity or Block.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("ServiceAction, ServerAction, ClientAction, ServerEntity, StaticEntity, Structure, Block, Screen, Event, Role, Theme, Image", IsOpen = true)]
    [BodyParameter("elementType")]
    public string? ElementType { get; set; }

    /// <summary>Only elements of these assets: objects from Get-OdcAsset, names, keys, or rows with a column AssetKey.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The model digest of the revision to search.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ModelDigest")]
    public string? Digest { get; set; }

    /// <summary>Only elements that assets of these portfolios can use: names, keys, or objects from Get-OdcPortfolio.</summary>
    [Parameter]
    [Alias("ConsumerPortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    [BodyParameter("consumerPortfolioKeys")]
    public ObjectReference[]? ConsumerPortfolio { get; set; }

    /// <summary>Finds also elements that are shared only because another element needs them.</summary>
    [Parameter]
    [BodyParameter("includeHidden")]
    [ValueRequired]
    public SwitchParameter IncludeHidden { get; set; }

    /// <summary>The field to sort by, for example name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("name")]
    [BodyParameter("sort")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _isAsked = true;
        foreach (var key in Asset.Select(KeyOf).OfType<string>())
        {
            var filter = new RequestBody().Add("key", key);
            _assets.Add(string.IsNullOrEmpty(Digest) ? filter : filter.Add("digest", Digest));
        }

        // If none of the assets exists, there is no output. Without this check, the elements of all assets would be written.
        _isAsked &= Asset.Length == 0 || _assets.Count > 0;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_isAsked)
            WriteFound();
        base.EndProcessing();
    }

    private void WriteFound()
    {
        var body = RequestBody.Bind(this);
        if (Descending)
            body.Add("sortAscending", value: false);
        if (_assets.Count > 0)
            body.Add("assetFilters", _assets.ToArray());
        WriteNamed(Name, "public element", (contained, window) => Search(contained is null ? body : body.Copy().Add("elementNameContains", contained), window));
    }

    private OffsetPages<OdcPublicElement> Search(RequestBody body, ListWindow window) => new(
        (offset, limit, caller, stopped) => Client.SendAsync(
            DependencyManagementApi.SearchPublicElements.Request([], body: body.Copy().Add("limit", limit).Add("offset", offset).ToContent()),
            DependencyManagementApi.SearchPublicElements, caller, stopped),
        window);
}
