using System.Text.RegularExpressions;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.ExternalLibraries;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Live.Changes;

/// <summary>What the changes of a run have shown about open questions; null where it did not come to that.</summary>
internal sealed record ChangeAnswers
{
    internal (string State, string Answer)? KeptTag { get; set; }

    internal (string State, string Answer)? DeletedGeneration { get; set; }
}

/// <summary>
/// Creates a group, an organization role and an app of its own, changes and reads them, and removes them: also after a failure, after Ctrl+C,
/// and what an earlier run left behind. Objects of its own are known by their whole name, which no other object has.
/// </summary>
internal sealed partial class OwnObjects(Run run, string stageKey)
{
    internal const string Prefix = "OdcPowerShellLiveCheck";

    // How long a creation may take after Ctrl+C: without its answer, the key of the new object is unknown.
    private static readonly TimeSpan MostForCreation = TimeSpan.FromSeconds(30);

    private readonly string _name = Prefix + Guid.NewGuid().ToString("N")[..8];
    private readonly Leftovers _leftovers = new(run);

    internal async Task RunAsync()
    {
        await _leftovers.RemoveEarlierAsync();
        try
        {
            await GroupAsync();
            await RoleAsync();
            await AppAsync();
            await DeleteNoGenerationAsync();
        }
        finally
        {
            await _leftovers.RemoveOwnAsync();
        }
    }

    /// <summary>Whether a name is one that only this program gives.</summary>
    internal static bool IsOwn(string? name) => name is not null && OwnName().IsMatch(name);

    private async Task GroupAsync()
    {
        if (await CreateAsync(IdentityApi.CreateGroup, new { name = _name, environmentKey = stageKey, description = "A check of OdcPowerShell" }, "key") is not { } key)
            return;
        await DoAsync(IdentityApi.PatchGroup, new KeySet(key).WithBody(new { description = "Changed by a check of OdcPowerShell" }));
        await ExpectAsync(IdentityApi.GetGroup, new KeySet(key), "name", _name);
    }

    private async Task RoleAsync()
    {
        var permission = run.Keys.List(IdentityApi.QueryPermissions).Select(p => KeyRing.KeyOf(p)).FirstOrDefault();
        if (permission is null || await CreateAsync(IdentityApi.CreateOrganizationRole, new { name = _name, permissions = new[] { new { permissionKey = permission } } }, "orgRoleKey") is not { } key)
            return;
        await ExpectAsync(IdentityApi.GetOrganizationRole, new KeySet(key), "name", _name);
    }

    private async Task AppAsync()
    {
        var body = new { assetCreationDetails = new { assetName = _name, assetType = "WebApplication" } };
        if (await CreateAsync(AssetRepositoryApi.CreateAssetRevision, body, "applicationKey") is not { } key)
            return;
        var revision = new KeySet(key, "1");
        await DoAsync(AssetRepositoryApi.PatchRevision, revision.WithBody(new { tag = "0.1.0", releaseNotes = "A check of OdcPowerShell" }));
        var tagged = await run.Service.SendAsync(AssetRepositoryApi.GetRevision, revision);
        await DoAsync(AssetRepositoryApi.PatchRevision, revision.WithBody(new { releaseNotes = "Changed by a check of OdcPowerShell" }));
        var changed = await run.Service.SendAsync(AssetRepositoryApi.GetRevision, revision);
        if (tagged.Json is { } before && changed.Json is { } after && Answer.Text(before, "tag") is not null)
            run.Changes.KeptTag = (Questions.OpenQuestions.Answered, $"tag: {(Answer.Text(after, "tag") is null ? "cleared" : "kept")}; defaultApplicationKey: not tried, it needs a domain with DNS records");
    }

    // A key that nothing has: there is nothing to delete.
    private async Task DeleteNoGenerationAsync()
    {
        var answer = await run.Service.SendAsync(ExternalLibrariesApi.DeleteGeneration, new KeySet("0dc0dc00-0000-4000-8000-000000000000"));
        run.Changes.DeletedGeneration = (Questions.OpenQuestions.Answered, $"DELETE with a key that no operation has: status {answer.Status}, {Judges.ErrorJudge.MediaTypeOf(answer)}");
    }

    private async Task<string?> CreateAsync(Operation operation, object body, string keyName)
    {
        run.Service.Stopped.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource();
        await using var stop = run.Service.Stopped.Register(() => limit.CancelAfter(MostForCreation));
        _leftovers.Expect(operation);
        var answer = await DoAsync(operation, KeySet.None.WithBody(body), limit.Token);
        if (answer.Status is >= 400 and < 500 and not 408)
            _leftovers.Forget(operation);
        if (!answer.IsSuccess || answer.Json is not { } json)
            return null;
        var key = Answer.Text(json, keyName);
        if (key is null)
            run.Report(operation, Deviation.MissingProperty, keyName, "the key of the new object", "nothing");
        else
            _leftovers.Add(operation, key);
        await run.JudgeAsync(operation, () =>
        {
            run.Ledger.Add(operation, Judges.TypeJudge.AnswerOf(operation) is { } type ? Judges.TypeJudge.Judge(json, type) : [], Sources.Module);
            run.Ledger.Add(operation, run.Specifications?.Judge(operation, json) ?? [], Sources.Specification);
            return Task.CompletedTask;
        });
        return key;
    }

    private async Task<Answer> DoAsync(Operation operation, KeySet keys, CancellationToken? stopped = null)
    {
        var answer = await run.Service.SendAsync(operation, keys, stopped);
        if (answer.IsSuccess && answer.Status != operation.Success && answer.Status != 204)
            run.Report(operation, Deviation.Status, "", $"status {operation.Success}", $"status {answer.Status}");
        else if (!answer.IsSuccess && answer.Status is not (0 or 401 or 403 or 429 or 502 or 503 or 504))
            run.Report(operation, Deviation.Status, "", $"status {operation.Success}", $"status {answer.Status}");
        return answer;
    }

    private async Task ExpectAsync(Operation operation, KeySet keys, string member, string value)
    {
        var answer = await run.Service.SendAsync(operation, keys);
        if (answer.Failure is null && (answer.Json is not { } json || Answer.Text(json, member) != value))
            run.Report(operation, Deviation.OtherObject, member, "the value that was sent", answer.IsSuccess ? "another one" : $"status {answer.Status}");
    }

    [GeneratedRegex($"^{Prefix}[0-9a-f]{{8}}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OwnName();
}
