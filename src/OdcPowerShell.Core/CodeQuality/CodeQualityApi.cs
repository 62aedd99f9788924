using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.CodeQuality;

/// <summary>The code quality API. It is the only one whose query parameters begin with capitals.</summary>
internal static class CodeQualityApi
{
    /// <summary>The most objects of a page.</summary>
    internal const int LargestPage = 1000;

    private const string Base = "/api/code-quality/v1";
    private const string View = "Analyze > View Code Quality findings";

    internal static readonly Operation<OdcCodeAnalysis> GetCodeAnalysis = new(Get, Base + "/code-analyses/{analysisKey}", View) { IsQueryInCapitals = true };
    internal static readonly Operation<OdcCodeAnalysis> StartCodeAnalysis = new(Post, Base + "/code-analyses", "Analyze > Manage code quality findings") { Success = 200 };
    internal static readonly Operation<Page<OdcCodeFinding>> ListFindings = new(Get, Base + "/findings", View) { IsQueryInCapitals = true };
    internal static readonly Operation<Page<OdcCodeQualityMetric>> ListMetrics = new(Get, Base + "/assets-quality-metrics", View) { IsQueryInCapitals = true };
    internal static readonly Operation<OdcCodeAnalysisSummary> GetAnalysisSummary = new(Get, Base + "/assets/{assetKey}/revisions/{revision}/analysis-summary", View);
    internal static readonly Operation<CodeFindingsSummary> GetFindingsSummary = new(Get, Base + "/findings-summary", View) { IsQueryInCapitals = true };
    internal static readonly Operation<Page<OdcCodeFindingTrend>> GetFindingsTrend = new(Get, Base + "/findings-trend", View) { IsQueryInCapitals = true };
    internal static readonly Operation<Page<OdcCodePattern>> ListPatterns = new(Get, Base + "/patterns", View) { IsQueryInCapitals = true };
    internal static readonly Operation<Page<OdcCodePattern>> GetPattern = new(Get, Base + "/patterns/{patternId}", View);
    internal static readonly Operation<CodeQualityStatusAnswer> GetAnalysisStatus = new(Get, Base + "/analysis-status", View);
}
