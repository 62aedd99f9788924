using OdcPowerShell.AssetRepository;
using OdcPowerShell.CodeQuality;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.ExternalLibraries;
using OdcPowerShell.Identity;
using OdcPowerShell.Live.Judges;
using OdcPowerShell.MobileBuilds;
using OdcPowerShell.Organization;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Live.Checks;

/// <summary>Calls every reading operation, and compares each answer with the module's type and with the specification.</summary>
internal sealed class ShapeCheck(Run run)
{
    private const string FreePrefix = "odcps-live-free";

    /// <summary>Operations that only read, but whose key comes from something that a run would have to start.</summary>
    private static readonly IReadOnlyDictionary<Operation, string> NeedStart = new Dictionary<Operation, string>
    {
        [CodeQualityApi.GetCodeAnalysis] = "needs the key of an analysis, and no list has one",
        [AnalysesApi.GetDeploymentAnalysis] = "needs the key of an analysis, and no list has one",
        [AnalysesApi.GetDeletionAnalysis] = "needs the key of an analysis, and no list has one",
        [IdentityApi.GetBulkOperation] = "needs the key of an import of users, and no list has one",
        [ExternalLibrariesApi.GetSourceDownload] = "needs the key of a source code download, and no list has one",
        [ExternalLibrariesApi.CreateUpload] = "each GET creates an upload",
    };

    /// <summary>The reading operations, lists before the objects in them: first those whose objects are in the paths and queries of others, then shorter paths.</summary>
    internal static IReadOnlyList<Operation> Operations { get; } =
        [.. OperationCatalogue.All.Where(o => o.IsSafe).OrderBy(o => o == PortfoliosApi.ListEnvironments || o == PortfoliosApi.ListDeployedAssets ? 0 : 1)
            .ThenBy(o => o.Template.Count(c => c == '{')).ThenBy(o => o.Template.Split('/').Length).ThenBy(o => o.Template, StringComparer.Ordinal)];

    internal async Task RunAsync()
    {
        foreach (var operation in Operations)
        {
            var row = run.Ledger.Row(operation);
            if (NeedStart.TryGetValue(operation, out var reason))
            {
                row.Reason = reason;
                continue;
            }

            await run.JudgeAsync(operation, () => CheckAsync(operation, row));
        }
    }

    private async Task CheckAsync(Operation operation, OperationRow row)
    {
        var calls = Calls(operation);
        if (calls.Count == 0)
            row.Reason = "no list of this tenant has shown a key for its path";
        foreach (var call in calls)
        {
            var answer = await run.Service.SendAsync(operation, call);
            await run.JudgeAsync(operation, () =>
            {
                Judge(answer, call);
                return Task.CompletedTask;
            });
        }
    }

    private IReadOnlyList<KeySet> Calls(Operation operation)
    {
        var keys = run.Keys.For(operation);
        if (operation == AssetRepositoryApi.ListAssets)
            return [KeySet.None.With(("limit", "100")), KeySet.None.With([.. new[] { "releaseNote", "icon", "sourceCode", "signature", "metadata" }.Select(e => ("embed", (string?)e)), ("limit", "5")])];
        if (operation == AssetRepositoryApi.SearchRevisions)
            return [.. run.Keys.List(AssetRepositoryApi.ListAssets).Where(a => Answer.Text(a, "tag") is not null).Take(1).Select(a => KeySet.None.WithBody(new { assetVersionFilters = new[] { new { key = KeyRing.KeyOf(a, "assetKey"), isHighestTag = true } } }))];
        if (operation == DependencyManagementApi.SearchPublicElements)
            return [KeySet.None.WithBody(new { limit = 20, offset = 0 })];
        if (operation == OrganizationApi.CheckBuiltInDomain || operation == EnvironmentConfigurationsApi.CheckBuiltInDomain)
            return [.. keys.Take(1).Select(k => k.WithBody(new { builtinDomainPrefix = FreePrefix }))];
        if (operation == IdentityApi.QueryUsers)
            return [KeySet.None.With(("limit", "100")), KeySet.None.With(("embed", "ApplicationRoles"), ("embed", "UserIdentityProviders"), ("limit", "20"))];
        if (operation.IsQueryInCapitals)
            return [.. keys.Select(k => k.With(("Since", Since(365))))];
        if (operation == SubscriptionApi.GetOrganizationUsage || operation == SubscriptionApi.GetEnvironmentUsage)
            return [.. keys.SelectMany(k => new[] { k, k.With(("granularity", "month"), ("since", Since(90)), ("to", Since(0))) })];
        return keys;
    }

    private string Since(int days) => run.Client.Time.GetUtcNow().AddDays(-days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private void Judge(Answer answer, KeySet call)
    {
        var operation = answer.Operation;
        if (answer.Failure is not null)
            return;
        if (!answer.IsSuccess)
        {
            JudgeError(answer);
            return;
        }

        run.Keys.Add(answer);
        if (answer.Status != operation.Success)
            run.Report(operation, Deviation.Status, "", $"status {operation.Success}", $"status {answer.Status}");
        if (!Answers.IsJson(answer.MediaType) || answer.Json is not { } json)
        {
            run.Report(operation, Deviation.MediaType, "", "application/json", answer.Json is null ? "no JSON" : ErrorJudge.MediaTypeOf(answer));
            return;
        }

        if (TypeJudge.AnswerOf(operation) is { } type)
            run.Ledger.Add(operation, TypeJudge.Judge(json, type), Sources.Module);
        run.Ledger.Add(operation, run.Specifications?.Judge(operation, json) ?? [], Sources.Specification);
        Read(answer);
        JudgeKey(answer, call);
    }

    // The module itself must take the answer.
    private void Read(Answer answer)
    {
        try
        {
            answer.Operation.Require(new ApiAnswer(answer.Status, answer.MediaType, answer.Body), answer.Request);
        }
        catch (OdcException e)
        {
            run.Report(answer.Operation, Deviation.Unreadable, "", "an answer that the module reads", e.Cause.ToString());
        }
    }

    // What was asked for by its key is that object.
    private void JudgeKey(Answer answer, KeySet call)
    {
        if (!answer.Operation.Template.EndsWith('}') || answer.Json is not { ValueKind: JsonValueKind.Object } body || body.TryGetProperty("results", out _))
            return;
        var placeholder = answer.Operation.Template.Split('/')[^1].Trim('{', '}');
        var name = placeholder is "revisionNumber" ? "revision" : placeholder;
        if ((Answer.Text(body, name) ?? KeyRing.KeyOf(body)) is { } found && !string.Equals(found, call.Keys[^1], StringComparison.OrdinalIgnoreCase))
            run.Report(answer.Operation, Deviation.OtherObject, name, "the key that was asked for", "another one");
    }

    private void JudgeError(Answer answer)
    {
        // Whether the build that was found can be used is not known before.
        if (answer is { Status: 400 } && answer.Operation == MobileBuildsApi.ValidateBuild)
            return;
        if (answer.Status is 400 or 405 or 415 or 422 or 500 or >= 300 and < 400)
            run.Report(answer.Operation, Deviation.Status, "", $"status {answer.Operation.Success}", $"status {answer.Status}");
        // What stands in front of the service answers these, not the service.
        if (answer.Status is not (429 or 502 or 503 or 504 or 401))
            run.Ledger.Add(answer.Operation, ErrorJudge.Judge(answer), Sources.Documentation);
        if (answer.Status == 404 && ShowsObject(answer))
            run.Report(answer.Operation, Deviation.Status, "", $"status {answer.Operation.Success} for a key of the list", "status 404");
    }

    // Its own list has just shown the key.
    private bool ShowsObject(Answer answer)
    {
        var path = answer.Request.Path[..answer.Request.Path.LastIndexOf('/')];
        return answer.Operation.Template.EndsWith('}') && answer.Operation.Template.Split('/')[^1] is not ("{revisionNumber}" or "{revision}") && run.Keys.HasList(path);
    }
}
