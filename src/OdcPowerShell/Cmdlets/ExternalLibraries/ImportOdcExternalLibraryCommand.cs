using System.Globalization;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Cmdlets.ExternalLibraries;

/// <summary>Imports external libraries from zip files: uploads each file, generates the library and, if you like, releases it.</summary>
/// <remarks>
/// <para>A zip file contains the output of dotnet publish, with the assemblies at its top level. It is checked before it is sent. If its library exists, the import creates a revision of it; for the same package as before, the service may create none.</para>
/// <para>With -Wait or -Release, the properties Added, Changed and Removed count the actions and structures that differ from the published version, Changes lists them, and Revision is the new revision. A warning names what consumers of the library may miss. Several files are waited for together.</para>
/// <para>A generation may end as ReadyForReview: it continues when a person has published the library in the ODC Portal. It is then written with a warning, and nothing is released.</para>
/// </remarks>
/// <example>
/// <code>Import-OdcExternalLibrary .\Calculator.zip -Release -Tag 1.4.0 -ReleaseNote 'Fixes'</code>
/// <para>Imports a library and releases its new revision.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.zip | Import-OdcExternalLibrary -Wait</code>
/// <para>Imports all libraries of a folder, and waits for all of them at once.</para>
/// </example>
/// <example>
/// <code>Import-OdcExternalLibrary .\Calculator.zip -Wait | Get-OdcAssetRevision -Latest | Set-OdcAssetRevision -Tag 1.4.0 -ReleaseNote 'Fixes'</code>
/// <para>Imports a library and releases it in a step of its own.</para>
/// </example>
[Cmdlet(VerbsData.Import, "OdcExternalLibrary", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.CreateUpload))]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.StartGeneration))]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetGeneration), With = "Wait", When = "for one file")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.ListGenerations), With = "Wait", When = "for several files")]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetContents), With = "Wait", When = "for what differs", IsOptional = true)]
[ApiOperation(typeof(ExternalLibrariesApi), nameof(ExternalLibrariesApi.GetLog), When = "for a generation that failed", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), With = "Wait", When = "for the new revision")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetRevision), With = "Release")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.PatchRevision), With = "Release")]
[OutputType(typeof(OdcExternalLibraryImport))]
public sealed class ImportOdcExternalLibraryCommand : StartCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    /// <summary>The zip files; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The zip files, by paths in which no character is a wildcard. Files from Get-ChildItem are taken this way.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Releases the new revision of each library: sets its tag. The command then waits, as with -Wait.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Release { get; set; }

    /// <summary>The tag of the release: Major.Minor.Patch.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Tag { get; set; }

    /// <summary>Release notes for the tag.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("ReleaseNotes")]
    public string? ReleaseNote { get; set; }

    private string SetRevision => FormattableString.Invariant($"Set-OdcAssetRevision -Tag {Tag}{Note}{ConnectionParameter}");

    private string Note => ReleaseNote is null ? "" : $" -ReleaseNote {MessageText.Quoted(ReleaseNote)}";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (!Release && (Tag is not null || ReleaseNote is not null))
            Reject("-Tag and -ReleaseNote are those of a release.", "Specify -Release too, or leave them out.");
        if (Release && Tag is null)
            Reject("A release needs a tag.", "Specify -Tag with -Release, such as -Tag 1.4.0.");
        if (Tag is not null && !Regex.IsMatch(Tag, "^[0-9]{1,9}([.][0-9]{1,9}){2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit))
            Reject($"'{Tag}' is not a tag.", "Specify Major.Minor.Patch, such as 1.4.0.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in LiteralPath)
        {
            if (RunFor(path, () => FilePaths.Resolve(this, path)) is { } full)
                Import(full);
        }

        foreach (var path in Path)
        {
            foreach (var full in RunFor(path, () => FilePaths.Expand(this, path)) ?? [])
                Import(full);
        }
    }

    private protected override void WriteEnded(WaitOutcome outcome)
    {
        var generation = (OdcExternalLibraryGeneration)outcome.Operation;
        var import = OdcExternalLibraryImport.Of(generation, _paths[generation.OperationKey ?? ""]);
        if (!this.EndedWell(Release ? WithRelease(outcome) : outcome))
            return;
        Compare(import);
        if (outcome.End == WaitEnd.Succeeded)
            Conclude(import);
        Write(import);
    }

    // What remains to be done ends with the command that waits, so that the release continues its pipeline.
    private WaitOutcome WithRelease(WaitOutcome outcome)
    {
        var release = $" | Get-OdcAssetRevision -Latest{ConnectionParameter} | {SetRevision}";
        return outcome switch
        {
            { Review: { } review } => outcome with { Review = review + release },
            { End: WaitEnd.Running, Failure: { } late } => outcome with { Failure = new OdcException(late.Cause, late.Message, late.RecommendedAction + release, late) },
            _ => outcome,
        };
    }

    private void Import(string path)
    {
        if (!_sent.Add(path))
        {
            WriteWarning($"{path} was specified more than once. It is imported once.");
            return;
        }

        if (RunFor(path, () => LibraryPackage.Of(path)) is not { } package)
            return;
        foreach (var warning in package.Warnings)
            WriteWarning(warning);
        var what = $"external library from {path}{(Release ? $", to be released as {Tag}" : "")}";
        if (Send(what, path, LibraryStart.Preview(package.File), stopped => LibraryStart.RunAsync(Client, package.File, Caller, stopped)) is not { } started)
            return;
        _paths[started.OperationKey!] = path;
        Client.Names.Forget();
        if (Wait || Release)
            WaitLater(started);
        else
            Write(OdcExternalLibraryImport.Of(started, path));
    }

    private void Compare(OdcExternalLibraryImport import)
    {
        var (contents, failure) = Try(stopped => Client.GetAsync(ExternalLibrariesApi.GetContents, [import.OperationKey!], query: null, Caller, stopped));
        if (contents is null)
        {
            WriteWarning($"What has changed in {import.Label} can't be read: {failure!.Message}");
            return;
        }

        var comparison = new LibraryComparison(contents.Rows(import.OperationKey!));
        (import.Added, import.Changed, import.Removed, import.Changes) = (comparison.Count("Added"), comparison.Count("Updated"), comparison.Count("Removed"), comparison.Changes);
        if (import.IsNewLibrary != true && comparison.Warning(import.Label) is { } warning)
            WriteWarning(warning);
    }

    private void Conclude(OdcExternalLibraryImport import)
    {
        Client.Names.Forget();
        if (import.AssetKey is null)
        {
            Unreleased(import, new OdcException(OdcErrorCause.UnexpectedResponse, "the service does not say which library it is.", "Get-OdcAsset -Type ExternalLibrary lists the libraries."));
            return;
        }

        if (Try(stopped => LibraryRevisions.FindAsync(Client, import, Caller, stopped)).Failure is { } failure)
            Unreleased(import, failure);
        else if (import.IsNewRevision == false)
            WriteWarning(FormattableString.Invariant($"{import.Label} has no new revision: the package is probably the same as that of revision {import.Revision}."));
        if (Release && import.Revision is not null)
            TagRevision(import);
    }

    // A revision that the service did not create anew has the same content, so its tag is the tag of this package too.
    private void TagRevision(OdcExternalLibraryImport import)
    {
        if (import.Tag is { } tag)
        {
            if (tag != Tag)
                Unreleased(import, new OdcException(OdcErrorCause.Conflict, FormattableString.Invariant($"revision {import.Revision} already has the tag {tag}."), "A revision has one tag. Change the package, or use the tag that it has."));
            return;
        }

        var request = AssetRepositoryApi.PatchRevision.Request(
            [import.AssetKey!, import.Revision!.Value.ToString(CultureInfo.InvariantCulture)], body: new RequestBody().Add("tag", Tag).AddIf("releaseNotes", ReleaseNote).ToContent());
        if (Try(stopped => TagAsync(import, request, stopped)).Failure is { } failure)
            Unreleased(import, failure);
        else
            import.Tag = Tag;
    }

    private async Task<ApiAnswer> TagAsync(OdcExternalLibraryImport import, ApiRequest request, CancellationToken stopped)
    {
        if (import.IsNewRevision == true && await LibraryRevisions.IsAmbiguousAsync(Client, import, Caller, stopped))
        {
            throw new OdcException(
                OdcErrorCause.Conflict, FormattableString.Invariant($"revisions {import.Revision - 1} and {import.Revision} were both created since the import began, and either can be of {import.FileName}."),
                "Get-OdcAssetRevision shows the revisions of the library.");
        }

        return await Client.ChangeAsync(request, Caller, stopped);
    }

    /// <summary>Writes the error for a library that was imported and not released; without -Release, a warning.</summary>
    private void Unreleased(OdcExternalLibraryImport import, OdcException why)
    {
        if (!Release)
        {
            WriteWarning($"{import.Label} was imported, but its new revision can't be read: {why.Message}");
            return;
        }

        var revision = import.Revision is { } number ? number.ToString(CultureInfo.InvariantCulture) : "<revision>";
        // The service rejected the tag: the same one would be rejected again.
        var action = why is OdcApiException { Cause: OdcErrorCause.Conflict or OdcErrorCause.InvalidRequest }
            ? $"Release it with another tag: Set-OdcAssetRevision -Asset {import.AssetKey} -Revision {revision}{Note}{ConnectionParameter} -Tag …"
            : $"{why.RecommendedAction} Then release it with: {SetRevision} -Asset {import.AssetKey} -Revision {revision}";
        WriteError(ErrorRecords.From(new OdcException(why.Cause, $"{import.Label} was imported, but not released as {Tag}: {why.Message}", action, why), import));
    }
}
