namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Changes the tag, the release notes or the commit message of a revision, or clears its tag.</summary>
/// <remarks>
/// <para>Only what you specify is changed. A tag has the form Major.Minor.Patch, must not be lower than the asset's highest, and must not be in use. Release notes need a tag.</para>
/// <para>Without -Revision, the revision of the piped object is changed; of a piped asset, the latest one.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Set-OdcAssetRevision -Tag 1.11.0 -ReleaseNote 'Faster search.' -PassThru</code>
/// <para>Tags the latest revision of an app and writes the changed revision.</para>
/// </example>
/// <example>
/// <code>Get-OdcAssetRevision 'Order Desk' -HighestTag | Set-OdcAssetRevision -ClearTag -WhatIf</code>
/// <para>Shows the request that would clear the highest tag.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcAssetRevision", DefaultParameterSetName = ChangeSet, SupportsShouldProcess = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.PatchRevision))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetRevision), With = "PassThru")]
[OutputType(typeof(OdcAssetRevision))]
public sealed class SetOdcAssetRevisionCommand : ChangeCmdlet
{
    private const string ChangeSet = "Change";
    private const string ClearSet = "Clear";

    /// <summary>The assets: objects from Get-OdcAsset or Get-OdcAssetRevision, names, keys, or rows with the columns AssetKey and Revision.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcCodeQualityResult)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The number of the revision.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [ValidateRange(1, int.MaxValue)]
    public int Revision { get; set; }

    /// <summary>The tag, Major.Minor.Patch, for example 1.2.0.</summary>
    [Parameter(ParameterSetName = ChangeSet, ValueFromPipelineByPropertyName = true)]
    [BodyParameter("tag")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Tag { get; set; }

    /// <summary>The release notes for the tag; $null clears them.</summary>
    [Parameter(ParameterSetName = ChangeSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ReleaseNotes")]
    [AllowsNothing]
    [BodyParameter("releaseNotes", IsClearedByEmpty = true)]
    public string? ReleaseNote { get; set; }

    /// <summary>The commit message; $null clears it.</summary>
    [Parameter(ParameterSetName = ChangeSet, ValueFromPipelineByPropertyName = true)]
    [AllowsNothing]
    [BodyParameter("commitMessage", IsClearedByEmpty = true)]
    public string? CommitMessage { get; set; }

    /// <summary>Clears the tag.</summary>
    [Parameter(ParameterSetName = ClearSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter ClearTag { get; set; }

    /// <summary>Writes the changed revision.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset.Where(a => KeyOf(a) is not null))
        {
            var revision = new RevisionReference(asset, Revision);
            if ((ClearTag ? new RequestBody().Add("tag", value: null) : Changes(asset, "-Tag, -ReleaseNote, -CommitMessage or -ClearTag")) is { } body)
                Defer(() => Change(revision, body));
        }
    }

    private void Change(RevisionReference revision, RequestBody body)
    {
        if (SendChange($"revision {revision.Number} of {Label(revision.Asset)}", revision.Target, AssetRepositoryApi.PatchRevision, revision.Keys, body) && PassThru
            && RunFor(revision.Target, stopped => Client.GetAsync(AssetRepositoryApi.GetRevision, revision.Keys, query: null, Caller, stopped)) is { } now)
            Write(now);
    }
}
