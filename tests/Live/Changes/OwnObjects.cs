using System.Text.RegularExpressions;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.ExternalLibraries;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

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
internal sealed partial class OwnObjects(Run run)
{
    internal const string Prefix = "OdcPowerShellLiveCheck";

    private static readonly TimeSpan MostForRemoval = TimeSpan.FromMinutes(3);

    private static readonly IReadOnlyList<(string Noun, Operation List, string KeyName, Operation Delete)> Kinds =
    [
        ("group", IdentityApi.QueryGroups, "key", IdentityApi.DeleteGroup),
        ("organization role", IdentityApi.QueryOrganizationRoles, "key", IdentityApi.DeleteOrganizationRole),
        ("app", AssetRepositoryApi.ListAssets, "assetKey", AssetRepositoryApi.DeleteAsset),
    ];

    private readonly string _name = Prefix + Guid.NewGuid().ToString("N")[..8];

    /// <exception cref="CannotRunException">The stage is not there, or is not for development.</exception>
    internal async Task RunAsync()
    {
        var stage = run.Keys.List(PortfoliosApi.ListEnvironments).FirstOrDefault(s => string.Equals(Answer.Text(s, "name"), run.Options.Stage, StringComparison.OrdinalIgnoreCase));
        if (Answer.Text(stage, "purpose") != "Development")
            throw new CannotRunException("The stage of --stage was not found, or is not a Development stage: nothing was changed.");
        await RemoveAsync("left by an earlier run", run.Service.Stopped);
        try
        {
            await GroupAsync(KeyRing.KeyOf(stage)!);
            await RoleAsync();
            await AppAsync();
            await DeleteNoGenerationAsync();
        }
        finally
        {
            // Not by the token of the run, which Ctrl+C has ended.
            using var limit = new CancellationTokenSource(MostForRemoval);
            await RemoveAsync("of this run", limit.Token);
        }
    }

    /// <summary>Whether a name is one that only this program gives.</summary>
    internal static bool IsOwn(string? name) => name is not null && OwnName().IsMatch(name);

    private async Task GroupAsync(string stageKey)
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
        var answer = await DoAsync(operation, KeySet.None.WithBody(body));
        if (!answer.IsSuccess || answer.Json is not { } json)
            return null;
        run.Ledger.Add(operation, Judges.TypeJudge.AnswerOf(operation) is { } type ? Judges.TypeJudge.Judge(json, type) : [], Sources.Module);
        run.Ledger.Add(operation, run.Specifications?.Judge(operation, json) ?? [], Sources.Specification);
        var key = Answer.Text(json, keyName);
        if (key is null)
            run.Report(operation, Deviation.MissingProperty, keyName, "the key of the new object", "nothing");
        return key;
    }

    private async Task<Answer> DoAsync(Operation operation, KeySet keys)
    {
        var answer = await run.Service.SendAsync(operation, keys);
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

    private async Task RemoveAsync(string which, CancellationToken stopped)
    {
        foreach (var (noun, list, keyName, delete) in Kinds)
        {
            var found = await run.Service.SendAsync(list, KeySet.None.With(("nameContains", Prefix), ("limit", "100")), stopped);
            foreach (var key in found.Items.Where(i => IsOwn(Answer.Text(i, "name"))).Select(i => Answer.Text(i, keyName)).OfType<string>())
            {
                var answer = await run.Service.SendAsync(delete, new KeySet(key), stopped);
                run.Ledger.Changes.Add($"{noun} {which}: {(answer.IsSuccess ? "removed" : $"not removed, status {answer.Status}")}");
                if (!answer.IsSuccess && answer.Status != 404)
                    run.Report(delete, Deviation.NotRemoved, "", "status 204", $"status {answer.Status}: remove the {noun}s named {Prefix}… in the portal");
            }
        }
    }

    [GeneratedRegex($"^{Prefix}[0-9a-f]{{8}}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OwnName();
}
