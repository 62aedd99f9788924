namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Creates an asset, empty or from a template, with its first revision.</summary>
/// <remarks>
/// <para>To create an asset from a source file, use New-OdcAssetRevision. The output has some properties that other commands don't show, such as URLs of its files, which expire after some minutes.</para>
/// </remarks>
/// <example>
/// <code>New-OdcAsset Orders -Type WebApplication -Description 'Takes orders'</code>
/// <para>Creates an empty app.</para>
/// </example>
/// <example>
/// <code>New-OdcAsset Suppliers -Type WebApplication -WhatIf</code>
/// <para>Shows the request, and sends nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcAsset", SupportsShouldProcess = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.CreateAssetRevision))]
[OutputType(typeof(OdcAssetRevision))]
public sealed class NewOdcAssetCommand : ChangeCmdlet
{
    // The service rejects icons of more than a few hundred kilobytes. This limit only avoids reading a large wrong file.
    private const long LargestIcon = 10 * 1024 * 1024;

    /// <summary>Name of the asset.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [BodyParameter("assetName")]
    public string Name { get; set; } = "";

    /// <summary>The type: WebApplication, MobileApplication, MobileLibrary, LowCodeLibrary, Workflow, Agent, or another type that the service can create.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("AssetType")]
    [Values("WebApplication", "MobileApplication", "MobileLibrary", "LowCodeLibrary", "Workflow", "Agent")]
    [BodyParameter("assetType")]
    public string Type { get; set; } = "";

    /// <summary>The template to make it from, by name or key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TemplateKey")]
    [Reference(typeof(OdcAsset), IsOptional = true)]
    [Names]
    [BodyParameter("templateKey")]
    public ObjectReference? Template { get; set; }

    /// <summary>What the asset is for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("description")]
    public string? Description { get; set; }

    /// <summary>A file with the icon.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? IconPath { get; set; }

    /// <summary>The portfolio of the asset, by name or key. Without it, the service chooses.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio), IsOptional = true)]
    [Names]
    public ObjectReference? Portfolio { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!IsFound(Template) || !IsFound(Portfolio) || RunFor(Name, () => Body()) is not { } body)
            return;
        var request = AssetRepositoryApi.CreateAssetRevision.Request([], body: body);
        if (Send($"asset {Name}", Name, request, stopped => Client.SendAsync(request, AssetRepositoryApi.CreateAssetRevision, Caller, stopped)) is not { } created)
            return;
        Client.Names.Forget();
        Write(created.ToRevision());
    }

    // -WhatIf shows the size of the icon instead of its bytes.
    private ApiBody Body()
    {
        var file = string.IsNullOrEmpty(IconPath) ? null : LocalFile.Of(FilePaths.Resolve(this, IconPath!), LargestIcon);
        var body = Body(file is null ? null : Convert.ToBase64String(file.Read()));
        return file is null ? body : body with { Shown = Body($"({Size.Of(file.Length)} of {file.Name})").Shown };
    }

    private ApiBody Body(string? icon)
    {
        var details = RequestBody.Bind(this, skipsEmpty: true);
        if (icon is not null)
            details.Add("iconBase64", icon);
        var body = new RequestBody().Add("assetCreationDetails", details);
        return (Portfolio is null ? body : body.Add("portfolioKey", Portfolio)).ToContent();
    }

    private bool IsFound(ObjectReference? reference) => reference is null || KeyOf(reference) is not null;
}
