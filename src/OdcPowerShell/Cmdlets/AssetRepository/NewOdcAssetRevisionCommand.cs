namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Creates a revision of an asset from a source file. A new asset is created with it.</summary>
/// <remarks>
/// <para>The source file (OML or XIF) names its asset. A local file is uploaded, and a revision is created from it; with -Direct one request does both. A file above 100 MB is rejected before anything is sent.</para>
/// <para>Only what you specify is sent. The output has some properties that other commands don't show, such as URLs of its files, which expire after some minutes.</para>
/// </remarks>
/// <example>
/// <code>New-OdcAssetRevision .\Orders.oml -CommitMessage 'From the build' -Tag 1.1.0 -ReleaseNote 'Faster'</code>
/// <para>Sends a source file and tags its revision.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.oml | New-OdcAssetRevision -Direct</code>
/// <para>Sends all source files of a folder, each in one request.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcAssetRevision", DefaultParameterSetName = "Upload", SupportsShouldProcess = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.CreateAssetRevision))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.CreateUpload), With = "Path", Without = "Direct")]
[OutputType(typeof(OdcAssetRevision))]
public sealed class NewOdcAssetRevisionCommand : ChangeCmdlet
{
    /// <summary>The source file.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LiteralPath", "FullName")]
    public string Path { get; set; } = "";

    /// <summary>The URL of an uploaded source file.</summary>
    [Parameter(ParameterSetName = "FileUri", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string FileUri { get; set; } = "";

    /// <summary>The upload of a source file, from Send-OdcFile -PassThru.</summary>
    [Parameter(ParameterSetName = "Upload", Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public OdcUpload? Upload { get; set; }

    /// <summary>Sends the file in the request itself instead of uploading it first.</summary>
    [Parameter(ParameterSetName = "Path")]
    [ValueRequired]
    public SwitchParameter Direct { get; set; }

    /// <summary>A version tag for the revision: Major.Minor.Patch.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [BodyParameter("tag")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Tag { get; set; }

    /// <summary>Release notes for the tag.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("ReleaseNotes")]
    [BodyParameter("releaseNotes")]
    public string? ReleaseNote { get; set; }

    /// <summary>The commit message: what was changed and why.</summary>
    [Parameter]
    [BodyParameter("commitMessage")]
    public string? CommitMessage { get; set; }

    /// <summary>Allows a tag that is lower than the highest one.</summary>
    [Parameter]
    [BodyParameter("skipSequentialVersionValidation")]
    [ValueRequired]
    public SwitchParameter SkipSequentialVersionValidation { get; set; }

    /// <summary>The portfolio for a new asset, by name or key. Without it, the service chooses.</summary>
    [Parameter]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio))]
    [Names]
    [BodyParameter("portfolioKey")]
    public ObjectReference? Portfolio { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if ((ParameterSetName == "Path" ? FromFile(RequestBody.Bind(this)) : FromUrl(RequestBody.Bind(this))) is not { } created)
            return;
        Client.Names.Forget();
        Write(created.ToRevision());
    }

    private ApplicationVersion? FromFile(RequestBody details)
    {
        if (RunFor(Path, () => LocalFile.Of(FilePaths.Resolve(this, Path), AssetRepositoryApi.LargestSource)) is not { } file)
            return null;
        if (!Direct)
            return Send(file.FullName, Path, Request(details, $"(the upload of {file.Name}, {Size.Of(file.Length)})"), stopped => UploadAsync(file, details, stopped));
        var body = details.IsEmpty ? new FileBody(file) : new FileBody(file, "assetFile", details.ToContent(), "creationRequest");
        var request = AssetRepositoryApi.CreateAssetRevision.Request([], body: body);
        return Send(file.FullName, Path, request, stopped => CreateAsync(request, stopped));
    }

    private ApplicationVersion? FromUrl(RequestBody details)
    {
        object target = Upload is null ? "the specified URL" : Upload;
        if (RunFor(target, () => Upload?.RequiredSource ?? StorageAddress.Parse(FileUri)) is not { } address)
            return null;
        return Send(target.ToString()!, target, Request(details, address.ToString()), stopped => CreateAsync(Request(details, address), stopped));
    }

    private async Task<ApplicationVersion> UploadAsync(LocalFile file, RequestBody details, CancellationToken stopped) =>
        await CreateAsync(Request(details, await SourceUpload.SendAsync(file, Client, Caller, stopped)), stopped);

    private Task<ApplicationVersion> CreateAsync(ApiRequest request, CancellationToken stopped) =>
        Client.SendAsync(request, AssetRepositoryApi.CreateAssetRevision, Caller, stopped);

    private static ApiRequest Request(RequestBody details, StorageAddress address) => Request(details, address.Uri.OriginalString);

    private static ApiRequest Request(RequestBody details, string fileUri) =>
        AssetRepositoryApi.CreateAssetRevision.Request([], body: details.Add("fileUri", fileUri).ToContent());
}
