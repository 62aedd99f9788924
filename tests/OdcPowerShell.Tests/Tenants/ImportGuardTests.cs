using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>What an import must never do: remove what nobody saw, mistake a name for another one, or take an app out of its filter for nothing.</summary>
public sealed class ImportGuardTests
{
    [Fact]
    public async Task Nothing_is_removed_in_a_stage_that_the_export_did_not_see()
    {
        await using var lab = await ImportLab.StartAsync();
        var acme = await lab.ExportAsync(lab.Acme);
        Assert.Contains(acme.Content.Documents, d => d is { Stage: "QA", Kind: var kind } && kind == TenantKinds.Group);
        // As an API client sees it that lacks View stage for QA: its folder claims no stage at all.
        var blind = ImportSource.Of(acme.Content with { Documents = [.. acme.Content.Documents.Where(d => d.Stage != "QA")] });
        Assert.Empty(blind.Stages);
        Assert.DoesNotContain((await lab.PlanAsync(lab.Acme, blind, new ImportOptions(Prunes: true))).Sent, s => s.Action == TenantAction.Remove);
    }

    [Fact]
    public async Task Names_in_lists_that_differ_in_case_are_the_same()
    {
        await using var lab = await ImportLab.StartAsync();
        TenantImportTests.FillVault(lab, await lab.ExportAsync(lab.Acme));
        await lab.ImportAsync(lab.Acme, await lab.ExportAsync(lab.Acme));
        var acme = await lab.ExportAsync(lab.Acme);
        var shouted = ImportSource.Of(acme.Content with { Documents = [.. acme.Content.Documents.Select(Shout)] });
        Assert.NotEqual(ImportLab.Text(acme, []), ImportLab.Text(shouted, []));
        Assert.Empty((await lab.PlanAsync(lab.Acme, shouted, new ImportOptions(Prunes: true))).Sent);
        Assert.Empty(TenantComparison.Of(acme.Content, shouted.Content));

        static TenantDocument Shout(TenantDocument document)
        {
            var content = (JsonObject)document.Content.DeepClone();
            foreach (var item in (content["roles"] as JsonArray ?? []).Concat(content["permissions"] as JsonArray ?? []).OfType<JsonObject>())
            {
                foreach (var name in new[] { "asset", "role", "permission" }.Where(item.ContainsKey))
                    item[name] = ((string)item[name]!).ToUpperInvariant();
            }

            return document with { Content = content };
        }
    }

    [Fact]
    public async Task A_stage_whose_name_another_one_has_is_not_imported()
    {
        await using var lab = await ImportLab.StartAsync();
        var acme = await lab.ExportAsync(lab.Acme);
        await RenameAsync(lab, "QA", "Production");
        var error = await Assert.ThrowsAsync<OdcException>(() => lab.PlanAsync(lab.Acme, acme, new ImportOptions(Prunes: true)));
        Assert.Equal(OdcErrorCause.AmbiguousName, error.Cause);
        Assert.Contains("2 stages of the tenant are named 'Production", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stages_of_one_name_in_two_portfolios_have_their_own_folders()
    {
        await using var lab = await ImportLab.StartAsync();
        var portfolio = Guid.NewGuid().ToString();
        var keys = await lab.Client(lab.Acme).Names.Stages.GetAsync(new ImportLab.SilentCaller(), default);
        await RenameAsync(lab, "QA", "Production", portfolio);
        var answer = new JsonObject
        {
            ["page"] = new JsonObject { ["totalResults"] = 2 },
            ["results"] = new JsonArray(new JsonObject { ["key"] = keys.First(s => s.Name == "Production").PortfolioKey, ["name"] = "Main" }, new JsonObject { ["key"] = portfolio, ["name"] = "Retail" }),
        };
        lab.Acme.Answer("/api/portfolios/v2/portfolios", new CannedAnswer(200, "application/json", answer.ToJsonString()));
        var acme = await lab.ExportAsync(lab.Acme);
        Assert.Empty(acme.Content.Unread);
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write(acme.Content);
        Assert.True(File.Exists(folder["stages/Production (Main)/stage.json"]));
        Assert.True(File.Exists(folder["stages/Production (Retail)/ip-filter-groups/Office.json"]));
        var read = ImportSource.Of(new TenantFolderReader(folder.Path).Read());
        Assert.Empty((await lab.PlanAsync(lab.Acme, read, new ImportOptions(Prunes: true))).Sent);

        // A change of one is a change of this one.
        folder.Edit("stages/Production (Retail)/ip-filter-groups/Office.json", text => text.Replace("Only from the offices.", "Edited.", StringComparison.Ordinal));
        var plan = await lab.PlanAsync(lab.Acme, ImportSource.Of(new TenantFolderReader(folder.Path).Read()), new ImportOptions(Prunes: true));
        Assert.Contains(keys.Single(s => s.Name == "QA").StageKey!, Assert.Single(plan.Sent).Preview!().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_stays_in_its_filter_if_its_new_one_can_not_be_changed()
    {
        await using var lab = await ImportLab.StartAsync();
        TenantImportTests.FillVault(lab, await lab.ExportAsync(lab.Acme));
        await lab.ImportAsync(lab.Acme, await lab.ExportAsync(lab.Acme));
        var acme = await lab.ExportAsync(lab.Acme);
        var from = acme.Content.Documents.First(d => d.Kind == TenantKinds.IpFilterGroup && d.Content["assets"] is JsonArray { Count: > 0 });
        var app = (string)from.Content["assets"]![0]!;
        var to = new JsonObject { ["name"] = "Unread", ["accessType"] = "Allow", ["assets"] = new JsonArray(app) };
        var wanted = ImportSource.Of(acme.Content with { Documents = [.. acme.Content.Documents.Select(d => ReferenceEquals(d, from) ? d with { Content = Without(d.Content, app) } : d), new TenantDocument(TenantKinds.IpFilterGroup, from.Stage, "Unread", to)] });
        Assert.NotEmpty((await lab.PlanAsync(lab.Acme, wanted)).Sent);

        // The same group with an app that the client can't see, so that the group is not compared.
        var key = (await lab.Client(lab.Acme).Names.Stages.GetAsync(new ImportLab.SilentCaller(), default)).Single(s => s.Name == from.Stage).StageKey;
        var hidden = new JsonObject { ["results"] = new JsonArray() };
        foreach (var group in await IpFilterGroupsAsync(lab, key!))
            hidden["results"]!.AsArray().Add(group.DeepClone());
        hidden["results"]!.AsArray().Add(new JsonObject { ["key"] = Guid.NewGuid().ToString(), ["name"] = "Unread", ["accessType"] = "ALLOWLIST", ["ipRules"] = new JsonArray(), ["appKeys"] = new JsonArray(Guid.NewGuid().ToString()) });
        lab.Acme.Answer($"/api/environment-configurations/v1/environments/{key}/ip-filter-groups", new CannedAnswer(200, "application/json", hidden.ToJsonString()));
        var plan = await lab.PlanAsync(lab.Acme, wanted);
        Assert.DoesNotContain(plan.Sent, s => s.Kind == TenantKinds.IpFilterGroup);
        Assert.Contains(plan.Steps, s => s.IsSkipped && s.Name == "Unread");

        static JsonObject Without(JsonObject content, string app)
        {
            var other = (JsonObject)content.DeepClone();
            other["assets"] = new JsonArray([.. other["assets"]!.AsArray().Where(a => (string)a! != app).Select(a => a!.DeepClone())]);
            return other;
        }
    }

    // As if a stage had another name, and if that is specified, another portfolio.
    private static async Task RenameAsync(ImportLab lab, string from, string to, string? portfolio = null)
    {
        var stages = await lab.Client(lab.Acme).Names.Stages.GetAsync(new ImportLab.SilentCaller(), default);
        var answer = new JsonObject
        {
            ["results"] = new JsonArray([.. stages.Select(s => (JsonNode)new JsonObject
            {
                ["key"] = s.StageKey, ["name"] = s.Name == from ? to : s.Name, ["purpose"] = s.Purpose, ["order"] = s.Order, ["builtinDomain"] = s.BuiltinDomain,
                ["portfolioKey"] = s.Name == from && portfolio is not null ? portfolio : s.PortfolioKey,
            })]),
        };
        lab.Acme.Answer("/api/portfolios/v2/environments", new CannedAnswer(200, "application/json", answer.ToJsonString()));
    }

    private static async Task<IEnumerable<JsonNode>> IpFilterGroupsAsync(ImportLab lab, string stageKey)
    {
        var request = EnvironmentConfigurationsApi.ListIpFilterGroups.Request([stageKey]);
        var body = await lab.Client(lab.Acme).SendAsync(request, answer => answer.Body, new ImportLab.SilentCaller(), default);
        return JsonNode.Parse(body)!["results"]!.AsArray().OfType<JsonNode>();
    }
}
