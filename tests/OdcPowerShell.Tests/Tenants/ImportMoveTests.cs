using System.Text.Json.Nodes;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>An app that moves to another IP filter group is never left without one.</summary>
public sealed class ImportMoveTests
{
    private const string App = "HR Self Service";

    [Fact]
    public async Task If_the_second_request_fails_the_app_is_put_back_and_the_next_import_moves_it()
    {
        await using var lab = await ImportLab.StartAsync();
        var (source, key) = await WithPartnersAsync(lab);
        var plan = await lab.PlanAsync(lab.Acme, source);
        var move = Assert.Single(plan.Sent);
        Assert.Contains("assets[HR Self Service]: moves from Office", move.ToString(), StringComparison.Ordinal);
        lab.Acme.Faults = new FaultPlan(1, 1, Fault.Error500) { Only = (method, path) => method == "PATCH" && path.EndsWith(key, StringComparison.Ordinal) };
        var outcome = Assert.Single(await lab.SendAsync(lab.Acme, plan)).Outcome;
        Assert.Equal((StepOutcome.Failed, true), (outcome.Result, lab.Acme.Faults.Injected > 0));
        lab.Acme.Faults = null;
        Assert.Equal("Office", await GroupOfAsync(lab));

        await lab.ImportAsync(lab.Acme, source);
        Assert.Equal("Partners", await GroupOfAsync(lab));
        Assert.Empty((await lab.PlanAsync(lab.Acme, source)).Sent);
    }

    [Fact]
    public async Task If_the_import_is_stopped_between_the_requests_the_app_is_put_back()
    {
        await using var lab = await ImportLab.StartAsync();
        var (source, _) = await WithPartnersAsync(lab);
        var plan = await lab.PlanAsync(lab.Acme, source);
        using var stop = new CancellationTokenSource();
        var (hasLeft, changes) = (false, 0);
        // Ctrl+C when the app has left its group, and the next request is on its way.
        lab.Acme.Faults = new FaultPlan(1, 1, Fault.Error500)
        {
            Only = (method, _) =>
            {
                if (hasLeft && !stop.IsCancellationRequested)
                    stop.Cancel();
                hasLeft |= method == "PATCH";
                changes += method == "PATCH" ? 1 : 0;
                return false;
            },
        };
        var sender = new StepSender(lab.Client(lab.Acme), new ImportLab.SilentCaller(), (_, _) => throw new InvalidOperationException("No step needs a secret."), stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TenantImport(sender).SendAsync(Assert.Single(plan.Sent)));
        lab.Acme.Faults = null;
        Assert.Equal((true, 2), (stop.IsCancellationRequested, changes));
        Assert.Equal("Office", await GroupOfAsync(lab));
        await lab.ImportAsync(lab.Acme, source);
        Assert.Equal("Partners", await GroupOfAsync(lab));
    }

    [Fact]
    public async Task If_only_the_answer_of_the_second_request_is_lost_the_app_has_moved()
    {
        await using var lab = await ImportLab.StartAsync();
        var (source, key) = await WithPartnersAsync(lab);
        var plan = await lab.PlanAsync(lab.Acme, source);
        lab.Acme.Faults = new FaultPlan(1, 1, Fault.LostAnswer) { Only = (method, path) => method == "PATCH" && path.EndsWith(key, StringComparison.Ordinal) };
        Assert.Equal(StepOutcome.Done, Assert.Single(await lab.SendAsync(lab.Acme, plan)).Outcome.Result);
        lab.Acme.Faults = null;
        Assert.Equal("Partners", await GroupOfAsync(lab));
    }

    [Fact]
    public async Task If_the_app_can_not_be_put_back_either_the_error_says_so_with_the_line_that_does_it()
    {
        await using var lab = await ImportLab.StartAsync();
        var (source, _) = await WithPartnersAsync(lab);
        var plan = await lab.PlanAsync(lab.Acme, source);
        var patches = 0;
        lab.Acme.Faults = new FaultPlan(1, 1, Fault.Error500) { Only = (method, _) => method == "PATCH" && ++patches > 1 };
        var outcome = Assert.Single(await lab.SendAsync(lab.Acme, plan)).Outcome;
        lab.Acme.Faults = null;
        Assert.Contains("HR Self Service left the IP filter group Office in QA, and could neither be put into Partners", outcome.Reason, StringComparison.Ordinal);
        Assert.Matches("Set-OdcIpFilterGroup 'Office' -Stage '[0-9a-f-]{36}' -AddAsset 'HR Self Service'", outcome.Failure!.RecommendedAction);
        Assert.Null(await GroupOfAsync(lab));
    }

    [Fact]
    public async Task A_group_is_not_removed_while_an_app_is_in_it_that_could_not_move()
    {
        await using var lab = await ImportLab.StartAsync();
        var (source, key) = await WithPartnersAsync(lab);
        var without = source with { Content = source.Content with { Documents = [.. source.Content.Documents.Where(d => d.Name != "Office")] } };
        var plan = await lab.PlanAsync(lab.Acme, without, new ImportOptions(Prunes: true));
        Assert.Contains(plan.Sent, s => s is { Action: TenantAction.Remove, Name: "Office" });
        lab.Acme.Faults = new FaultPlan(1, 1, Fault.Error500) { Only = (method, path) => method == "PATCH" && path.EndsWith(key, StringComparison.Ordinal) };
        var outcomes = await lab.SendAsync(lab.Acme, plan);
        lab.Acme.Faults = null;
        Assert.Equal(StepOutcome.NotDone, outcomes.Single(o => o.Step.Action == TenantAction.Remove).Outcome.Result);
        Assert.Equal("Office", await GroupOfAsync(lab));
        await lab.ImportAsync(lab.Acme, without, new ImportOptions(Prunes: true));
        Assert.Equal("Partners", await GroupOfAsync(lab));
    }

    [Fact]
    public async Task Apps_can_change_places()
    {
        await using var lab = await ImportLab.StartAsync();
        var (source, _) = await WithPartnersAsync(lab, "Order Desk");
        source = Assets(source, ("Office", "Order Desk"), ("Partners", App));
        await lab.ImportAsync(lab.Acme, source, new ImportOptions(Prunes: true));
        Assert.Equal("Partners", await GroupOfAsync(lab));
        Assert.Equal("Office", await GroupOfAsync(lab, "Order Desk"));
        Assert.Empty((await lab.PlanAsync(lab.Acme, source, new ImportOptions(Prunes: true))).Sent);
    }

    [Fact]
    public async Task An_app_in_two_groups_of_the_files_and_ranges_that_are_none_are_faults_at_their_place()
    {
        await using var lab = await ImportLab.StartAsync();
        var (source, _) = await WithPartnersAsync(lab);
        source = Assets(source, ("Office", App), ("Partners", App));
        var partners = source.Content.Documents.Single(d => d.Name == "Partners");
        var rules = (JsonObject)partners.Content.DeepClone();
        rules["rules"] = new JsonArray(new JsonObject { ["name"] = "A", ["ranges"] = new JsonArray("203.0.113.0/24", "10.0.0.300"), ["isActive"] = true });
        source = source with { Content = source.Content with { Documents = [.. source.Content.Documents.Select(d => d == partners ? d with { Content = rules } : d)] } };
        var faults = (await lab.PlanAsync(lab.Acme, source)).Faults;
        Assert.Contains(faults, f => f.Path == "assets[HR Self Service]" && f.Message.Contains("an app is in one group of a stage", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Path == "rules[A].ranges[10.0.0.300]");
    }

    // QA with a group for partners, that is there without apps or with one, and the app of Office in it in the files.
    private static async Task<(ImportSource Source, string Key)> WithPartnersAsync(ImportLab lab, params string[] apps)
    {
        var qa = await lab.ExportAsync(lab.Acme, [TenantKinds.IpFilterGroup], "QA");
        var partners = new JsonObject
        {
            ["name"] = "Partners", ["accessType"] = "Allow", ["rules"] = new JsonArray(new JsonObject { ["name"] = "A", ["ranges"] = new JsonArray("203.0.113.0/24"), ["isActive"] = true }),
            ["assets"] = new JsonArray([.. apps.Select(a => (JsonNode)a)]),
        };
        var source = qa with { Content = qa.Content with { Documents = [.. qa.Content.Documents, new TenantDocument(TenantKinds.IpFilterGroup, "QA", "Partners", partners)] } };
        await lab.ImportAsync(lab.Acme, source);
        var key = (await lab.ExportAsync(lab.Acme, [TenantKinds.IpFilterGroup], "QA")).Content.Documents.Single(d => d.Name == "Partners").Key!;
        return (Assets(source, ("Office", null), ("Partners", App)), key);
    }

    private static ImportSource Assets(ImportSource source, params (string Group, string? App)[] apps)
    {
        return source with { Content = source.Content with { Documents = [.. source.Content.Documents.Select(d => apps.Any(a => a.Group == d.Name) ? d with { Content = With(d.Content, apps.Single(a => a.Group == d.Name).App) } : d)] } };

        static JsonObject With(JsonObject content, string? app)
        {
            var changed = (JsonObject)content.DeepClone();
            changed["assets"] = app is null ? new JsonArray() : new JsonArray(app);
            return changed;
        }
    }

    private static async Task<string?> GroupOfAsync(ImportLab lab, string app = App) =>
        (await lab.ExportAsync(lab.Acme, [TenantKinds.IpFilterGroup], "QA")).Content.Documents.SingleOrDefault(d => TenantDelta.Texts(d.Content["assets"]).Contains(app))?.Name;
}
