using System.Globalization;

namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Tests whether the code of revisions stays within limits: a gate before a deployment.</summary>
/// <remarks>
/// <para>Takes the newest analysis of each revision. A revision that was not analysed yet is analysed first, and waited for. Without limits, no critical finding is allowed, and the score must be 80 or more.</para>
/// <para>You can pipe the result to Start-OdcDeployment, Start-OdcBuild or Set-OdcAssetRevision. They take a result that passed as if its input were piped: an impact analysis with its target stage, or exactly one build. They reject a result that did not pass. With -ErrorOnFailure it is an error here, and is not passed on.</para>
/// <para>A number that the service does not report, an analysis that fails and one that takes too long fail every limit. With -Category only the findings of these categories are counted; the score is always that of all.</para>
/// <para>The file of -OutFile is also written when a revision does not pass, or ends the script. In SARIF, a test that failed has executionSuccessful false and no findings: don't upload that as a result.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Fleet' | Get-OdcAssetRevision -Latest | Test-OdcCodeQuality -MaximumCritical 0 -MinimumScore 60 -ErrorOnFailure</code>
/// <para>Tests the latest revision of an app; a revision with a critical finding, or with a score below 60, is an error.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Name Fleet -Stage QA -Flat | Test-OdcDeployment -Stage Production -ErrorOnConflict | Test-OdcCodeQuality -MinimumScore 60 | Start-OdcDeployment -WhatIf</code>
/// <para>Shows the deployment of what has no conflict and passes the test.</para>
/// </example>
/// <example>
/// <code>Test-OdcCodeQuality 'Order Desk', Fleet -Category security -MinimumScore 0 -OutFile findings.sarif</code>
/// <para>Tests two apps for critical security findings, and writes all their security findings as SARIF, for the code scanning page of a repository.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "OdcCodeQuality")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetAnalysisSummary))]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.StartCodeAnalysis), When = "for a revision without an analysis")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetCodeAnalysis), When = "for a revision without an analysis")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListFindings), With = "OutFile", When = "for a .sarif file")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListPatterns), With = "OutFile", When = "for a .sarif file")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for names", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcCodeQualityResult))]
public sealed class TestOdcCodeQualityCommand : ConnectedCmdlet
{
    private readonly HashSet<(string Key, int Revision)> _seen = [];
    private readonly List<Tested> _unanalysed = [];
    private bool _isAsked;
    private QualityReport? _report;
    private QualityLimits? _limits;

    /// <summary>The assets: objects from Get-OdcAsset, Get-OdcAssetRevision, Test-OdcDeployment or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision: its number or its tag. Without it, the latest revision of an asset that is specified by name or key.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>The lowest score that passes, from 0 to 100. 0 allows any score.</summary>
    [Parameter]
    [ValidateRange(0d, 100d)]
    [ValueRequired]
    public double MinimumScore { get; set; } = 80;

    /// <summary>How many critical findings pass at most.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ValueRequired]
    public int MaximumCritical { get; set; }

    /// <summary>How many findings of high severity pass at most. Without it, any number.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ValueRequired]
    public int? MaximumHigh { get; set; }

    /// <summary>How many findings of medium severity pass at most. Without it, any number.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ValueRequired]
    public int? MaximumMedium { get; set; }

    /// <summary>How many findings of low severity pass at most. Without it, any number.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ValueRequired]
    public int? MaximumLow { get; set; }

    /// <summary>Counts only findings of these categories: performance, security, architecture or maintainability.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(CodeQualityWords.Categories, IsOpen = true)]
    public string[]? Category { get; set; }

    /// <summary>Writes an error for a revision that does not pass, instead of its result.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ErrorOnFailure { get; set; }

    /// <summary>Writes the outcome to a file: .xml for JUnit with one test case for each revision and limit, or .sarif for SARIF with the findings.</summary>
    [Parameter]
    public string? OutFile { get; set; }

    /// <summary>How many seconds to wait at most for analyses.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = StartCmdlet.UsualTimeout;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var known = CodeQualityWords.Categories.Split(',').Select(c => c.Trim()).ToList();
        // Of a category that does not exist there are no findings, so that everything would pass.
        if (Category?.FirstOrDefault(c => !known.Contains(c, StringComparer.Ordinal)) is { } unknown)
        {
            ThrowTerminatingError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, $"There is no category '{unknown}'.", $"Specify one of these with -Category: {string.Join(", ", known)}."), target: null));
        }

        var most = new (string Severity, int? Most)[] { ("Critical", MaximumCritical), ("High", MaximumHigh), ("Medium", MaximumMedium), ("Low", MaximumLow) };
        _limits = new QualityLimits(MinimumScore, [.. most.Where(m => m.Most is not null).Select(m => (m.Severity, m.Most!.Value))], [.. (Category ?? []).Distinct(StringComparer.Ordinal)]);
        if (OutFile is not null)
            _report = Run(() => new QualityReport(this, OutFile));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _isAsked = true;
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || RevisionOf(asset, key, Revision) is not { } revision)
            {
                // Its error was written; the file must not look as if all was tested.
                _report?.Add(new QualityOutcome(asset.ToString(), Result: null, asset.Failure ?? new OdcException(OdcErrorCause.NotFound, "Its revision is not known.", "Specify -Revision."), [], Seconds: 0));
                continue;
            }

            if (!_seen.Add((key.ToUpperInvariant(), revision)))
                continue;
            var tested = new Tested(asset, key, revision, Client.Time.GetTimestamp());
            ReadFor(asset.Target, (caller, stopped) => FindAsync(tested, caller, stopped), Judge);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            base.EndProcessing();
            if (!_isAsked)
                WriteWarning("Nothing was tested: the pipeline was empty.");
            if (_unanalysed.Count > 0)
                Analyse();
        }
        finally
        {
            if (_report is not null && Try(_ => Written(_report)).Failure is { } failure)
                WriteError(ErrorRecords.From(failure, target: null));
        }
    }

    private async Task<Found> FindAsync(Tested tested, ICaller caller, CancellationToken stopped)
    {
        try
        {
            if (tested.Asset.Name is null)
                await Client.Names.AssetNames.LearnAsync([tested.Key], caller, stopped);
            return new Found(tested, await CodeAnalyses.FindSummaryAsync(Client, tested.Key, tested.Revision, caller, stopped), Failure: null);
        }
        catch (OdcException e) when (!ErrorRecords.IsTerminating(e.Cause))
        {
            return new Found(tested, Summary: null, e);
        }
    }

    private void Judge(Found found)
    {
        var (tested, summary, failure) = found;
        if (failure is not null)
            Fail(tested, failure);
        else if (summary is null)
            _unanalysed.Add(tested);
        else if (FindingsOf(tested, summary) is { } findings)
            Judge(tested, summary.QualityScore, summary.Summary, summary.AnalysisDate, findings);
    }

    // A revision without an analysis is analysed. All are waited for together.
    private void Analyse()
    {
        var loop = NewLoop(TimeoutSec, stallTimeoutSec: 0);
        foreach (var tested in _unanalysed)
        {
            WriteVerbose($"{NameOf(tested)} has not been analysed yet: an analysis starts.");
            var request = CodeQualityApi.StartCodeAnalysis.Request([], body: new RequestBody().Add("assetKey", tested.Key).Add("assetRevision", tested.Revision).ToContent());
            var (started, failure) = Try(stopped => Client.SendAsync(request, CodeQualityApi.StartCodeAnalysis, Caller, stopped));
            if (failure is not null)
            {
                Fail(tested, failure);
                continue;
            }

            (started!.AssetKey, started.AssetName, started.Revision) = (tested.Key, tested.Asset.Name ?? Client.Names.AssetNames.Of(tested.Key), tested.Revision);
            loop.Add(started, tested);
        }

        this.WaitForAll(loop, outcome =>
        {
            var (tested, analysis) = ((Tested)outcome.Owner!, (OdcCodeAnalysis)outcome.Operation);
            if (outcome.Failure is not null)
                Fail(tested, outcome.Failure, analysis);
            else
                Judge(tested, analysis.QualityScore, analysis.Summary, analysisDate: null, [.. (analysis.Findings ?? []).Where(IsCounted)]);
        });
    }

    private void Judge(Tested tested, double? score, OdcCodeCounts? counts, DateTimeOffset? analysisDate, IReadOnlyList<OdcCodeFinding> findings)
    {
        var result = new OdcCodeQualityResult
        {
            AssetKey = tested.Key,
            AssetName = tested.Asset.Name ?? Client.Names.AssetNames.Of(tested.Key),
            Revision = tested.Revision,
            AnalysisDate = analysisDate,
            Input = tested.Input,
        };
        _limits!.Judge(result, score, counts);
        _report?.Add(new QualityOutcome(result.What, result, Failure: null, findings, Client.Time.GetElapsedTime(tested.StartedAt).TotalSeconds));
        var reasons = string.Join(" ", result.Reasons!);
        if (!result.Passed && ErrorOnFailure)
        {
            KeepReport();
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.OperationFailed, $"{result.What} did not pass: {reasons}", $"Solve the findings, then test again. Get-OdcCodeFinding {MessageText.Quoted(result.AssetName ?? tested.Key)} -Since (Get-Date).AddYears(-10) lists them all."), result));
            return;
        }

        if (!result.Passed)
            WriteWarning($"{result.What} did not pass: {reasons}");
        Write(result);
    }

    // Null, with an error, if the report must have findings that can't be read.
    private IReadOnlyList<OdcCodeFinding>? FindingsOf(Tested tested, OdcCodeAnalysisSummary summary)
    {
        if (_report is not { HasFindings: true })
            return [];
        var (findings, failure) = Try(stopped => FindingReader.OfRevisionAsync(Client, tested.Key, tested.Revision, _limits!.Categories, Caller, stopped));
        if (failure is not null)
            Fail(tested, failure);
        else if (summary.Summary?.Total(_limits!.Categories) is { } counted && counted > findings!.Count)
            WriteWarning(FormattableString.Invariant($"{NameOf(tested)}: the analysis counted {counted} findings, and the service lists {findings.Count} of them. The file has those that it lists."));
        return findings;
    }

    private bool IsCounted(OdcCodeFinding finding) => _limits!.Categories.Count == 0 || _limits.Categories.Contains(finding.Category, StringComparer.OrdinalIgnoreCase);

    private void Fail(Tested tested, OdcException failure, object? target = null)
    {
        _report?.Add(new QualityOutcome(NameOf(tested), Result: null, failure, [], Client.Time.GetElapsedTime(tested.StartedAt).TotalSeconds));
        KeepReport();
        RunFor<object>(target ?? tested.Asset.Target, _ => throw failure, NameOf(tested));
    }

    // An error ends the command here, and the file is what the next step of the job reads.
    private void KeepReport()
    {
        var action = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var typed) ? typed : GetVariableValue("ErrorActionPreference");
        if (_report is not null && LanguagePrimitives.TryConvertTo<ActionPreference>(action, CultureInfo.InvariantCulture, out var preference) && preference == ActionPreference.Stop)
            _ = Try(_ => Written(_report));
    }

    private string NameOf(Tested tested) => FormattableString.Invariant($"{tested.Asset.Name ?? Client.Names.AssetNames.Of(tested.Key) ?? tested.Key} revision {tested.Revision}");

    private Task<QualityReport> Written(QualityReport report)
    {
        report.Write(CurrentConnection.Tenant.ToString(), Client.Names.CodePatterns.Find);
        return Task.FromResult(report);
    }

    private sealed record Tested(ObjectReference Asset, string Key, int Revision, long StartedAt)
    {
        /// <summary>The piped object, if it is of the tested revision: with -Revision, another one may have been tested.</summary>
        internal OdcResource? Input => Asset is { IsObject: true, Resource: OdcResource piped } && piped.GetType().GetProperty(nameof(Revision))?.GetValue(piped) is int own && own == Revision ? piped : null;
    }

    private sealed record Found(Tested Tested, OdcCodeAnalysisSummary? Summary, OdcException? Failure);
}
