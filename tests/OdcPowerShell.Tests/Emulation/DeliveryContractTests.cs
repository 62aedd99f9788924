using System.Text.Json.Nodes;
using NJsonSchema.Validation;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Calls every operation of these APIs and holds requests and answers, refusals too, against the official documents.</summary>
public sealed class DeliveryContractTests
{
    private static readonly string[] Apis =
        ["/api/asset-repository/v1/", "/api/builds/v1/", "/api/deployments/v1/", "/api/dependency-management/v1/", "/api/portfolios/v1/", "/api/portfolios/v2/"];

    private Specification? _specification;
    private readonly HashSet<string> _called = [];

    [Fact]
    public async Task Every_answer_has_the_form_of_the_documents()
    {
        _specification = Specification.Required();
        await using var lab = await DeliveryLab.StartAsync();
        await RepositoryAsync(lab);
        await BuildsAsync(lab);
        await DeploymentsAsync(lab);
        await DependenciesAsync(lab);
        await PortfoliosAsync(lab);
        Assert.Equal(_specification.All.Select(o => o.Name).Where(n => Apis.Any(a => n.Contains(a, StringComparison.Ordinal))).Order(), _called.Order());
    }

    private async Task RepositoryAsync(DeliveryLab lab)
    {
        const string Embed = "embed=releaseNote&embed=icon&embed=sourceCode&embed=signature&embed=metadata";
        const string Base = DeliveryLab.Repository;
        var desk = $"{Base}/assets/{lab.Key("Order Desk")}";
        await CallAsync(lab, "GET", $"{Base}/assets?{Embed}&limit=1000");
        await CallAsync(lab, "GET", $"{Base}/assets?limit=3");
        await CallAsync(lab, "GET", $"{desk}?{Embed}");
        foreach (var detail in (string[])["/latest-revision", "/highest-tag-revision", "/revisions", "/revisions/4"])
            await CallAsync(lab, "GET", $"{desk}{detail}?{Embed}");
        foreach (var asset in lab.Delivery.Assets)
        {
            foreach (var detail in (string[])["icon", "metadata", "release-notes", "signature", "source-code"])
                await CallAsync(lab, "GET", $"{Base}/assets/{asset.Key}/revisions/1/{detail}");
        }

        var search = new JsonObject { ["assetVersionFilters"] = new JsonArray(new JsonObject { ["key"] = lab.Key("Fleet").ToString(), ["revision"] = 1 }) };
        await CallAsync(lab, "POST", $"{Base}/assets/search", search);
        await CallAsync(lab, "PATCH", $"{desk}/revisions/6", new JsonObject { ["tag"] = "2.0.0", ["releaseNotes"] = "x" });
        await CallAsync(lab, "PATCH", $"{desk}/revisions/6", new JsonObject { ["tag"] = "x" }, 400);
        await CallAsync(lab, "POST", $"{Base}/uploads");
        foreach (var type in (string[])["WebApplication", "Agent"])
        {
            var details = new JsonObject { ["assetName"] = "New", ["assetType"] = type };
            await CallAsync(lab, "POST", $"{Base}/assets", new JsonObject { ["assetCreationDetails"] = details });
        }

        await CallAsync(lab, "POST", $"{Base}/assets", new JsonObject(), 400);
        await CallAsync(lab, "GET", $"{Base}/assets/{lab.Key("Warehouse")}/highest-tag-revision", status: 404);
        await CallAsync(lab, "DELETE", $"{Base}/assets/{lab.Key("Quality Lab")}");
        await CallAsync(lab, "DELETE", $"{Base}/assets/{lab.Key("Blank App")}", status: 400);
    }

    private async Task BuildsAsync(DeliveryLab lab)
    {
        const string Base = DeliveryLab.Builds;
        var body = new JsonObject { ["assetKey"] = lab.Key("Order Desk"), ["assetRevision"] = 6, ["buildType"] = "Release" };
        lab.Delivery.Plan(EmulatedOperation.Build, OperationPlan.Failing("Broken."));
        var failed = await CallAsync(lab, "POST", Base, body);
        var one = $"{Base}/{(await CallAsync(lab, "POST", Base, body))!["buildKey"]}";
        await CallAsync(lab, "GET", one);
        await CallAsync(lab, "POST", $"{one}/generated-code", status: 422);
        lab.LetOperationsEnd();
        await CallAsync(lab, "GET", one);
        await CallAsync(lab, "GET", $"{Base}?assetKey={lab.Key("Order Desk")}&assetRevision=6");
        await CallAsync(lab, "GET", $"{Base}/{failed!["buildKey"]}/log-messages");
        await CallAsync(lab, "GET", $"{one}/generated-code", status: 404);
        lab.Delivery.Plan(EmulatedOperation.GeneratedCode, OperationPlan.Failing("Broken."));
        for (var i = 0; i < 2; i++)
        {
            await CallAsync(lab, "POST", $"{one}/generated-code");
            await CallAsync(lab, "GET", $"{one}/generated-code");
            lab.LetOperationsEnd();
            await CallAsync(lab, "GET", $"{one}/generated-code");
        }
    }

    private async Task DeploymentsAsync(DeliveryLab lab)
    {
        var build = await lab.BuildAsync(lab.Key("Order Desk"), 6);
        var deploy = new JsonObject
        {
            ["operation"] = "Deploy", ["assetKey"] = lab.Key("Order Desk"), ["revision"] = 6, ["buildKey"] = build, ["environmentKey"] = lab.Qa,
        };
        var publish = new JsonObject { ["operation"] = "Publish", ["assetKey"] = lab.Key("Order Desk"), ["revision"] = 6, ["environmentKey"] = lab.Development };
        foreach (var (path, body) in new[] { (DeliveryLab.Deployments, deploy), (DeliveryLab.Publications, publish) })
        {
            lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("Broken."));
            var one = $"{path}/{(await CallAsync(lab, "POST", path, body))!["key"]}";
            await CallAsync(lab, "GET", one);
            lab.LetOperationsEnd();
            await CallAsync(lab, "GET", one);
            await CallAsync(lab, "GET", path);
            await CallAsync(lab, "GET", $"{path}?limit=2&offset=2");
            await CallAsync(lab, "GET", $"{one}/messages");
            await CallAsync(lab, "GET", $"{one}/messages?limit=2");
            await CallAsync(lab, "GET", $"{path}/{Guid.NewGuid()}", status: 404);
        }

        deploy.Remove("revision");
        await CallAsync(lab, "POST", DeliveryLab.Deployments, deploy, 400);
    }

    private async Task DependenciesAsync(DeliveryLab lab)
    {
        var assets = $"{DeliveryLab.Dependencies}/assets";
        await CallAsync(lab, "GET", $"{assets}/{lab.Key("Common UI")}/consumers?allowMultipleVersions=true");
        foreach (var detail in (string[])["consumers", "producers", "producer-graph", "public-elements", "referenced-elements"])
            await CallAsync(lab, "GET", $"{assets}/{lab.Key("Order Desk")}/revisions/6/{detail}");
        await CallAsync(lab, "POST", $"{DeliveryLab.Dependencies}/public-elements/search", new JsonObject { ["limit"] = 10 });
        foreach (var kind in (string[])["deployment-analyses", "deletion-analyses"])
        {
            lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, OperationPlan.Finding(
                new AnalysisConflict("NameCollision", IsError: true), new AnalysisConflict("MissingElement", IsError: false) { Asset = lab.Key("Fleet") }));
            lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, OperationPlan.Failing("Broken."));
            lab.Delivery.Plan(EmulatedOperation.DeletionAnalysis, OperationPlan.Finding());
            lab.Delivery.Plan(EmulatedOperation.DeletionAnalysis, OperationPlan.Failing("Broken."));
            for (var i = 0; i < 2; i++)
            {
                var body = new JsonObject { ["assetKey"] = lab.Key("Customer Portal").ToString() };
                if (kind == "deployment-analyses")
                    (body["revision"], body["environmentKey"]) = (1, lab.Qa.ToString());
                var one = $"{DeliveryLab.Dependencies}/{kind}/{(await CallAsync(lab, "POST", $"{DeliveryLab.Dependencies}/{kind}", body))!["analysisKey"]}";
                await CallAsync(lab, "GET", one);
                lab.LetOperationsEnd();
                await CallAsync(lab, "GET", one);
            }
        }

        await CallAsync(lab, "GET", $"{DeliveryLab.Dependencies}/deletion-analyses/{Guid.NewGuid()}", status: 404);
    }

    private async Task PortfoliosAsync(DeliveryLab lab)
    {
        foreach (var path in (string[])["v1/environments", "v1/deployed-assets", "v2/environments", "v2/deployed-assets", "v2/libraries?revisions=All", "v2/portfolios"])
            await CallAsync(lab, "GET", $"/api/portfolios/{path}");
        var stages = $"{DeliveryLab.Portfolios}/environments";
        await CallAsync(lab, "PATCH", stages, new JsonObject { ["environments"] = new JsonArray(new JsonObject { ["key"] = lab.Qa, ["name"] = "Test" }) });
        await CallAsync(lab, "PATCH", $"{stages}/{lab.Qa}", new JsonObject { ["order"] = 4 });
        await CallAsync(lab, "PATCH", $"{stages}/{lab.Qa}", new JsonObject { ["order"] = -4 }, 422);
        await CallAsync(lab, "PATCH", $"{DeliveryLab.Portfolios}/portfolios/{lab.Delivery.Portfolios[1].Key}", new JsonObject { ["name"] = "Friends" });
    }

    /// <summary>A refusal is expected where a status is given, the documented success otherwise.</summary>
    private async Task<JsonNode?> CallAsync(DeliveryLab lab, string method, string path, JsonNode? body = null, int? status = null)
    {
        var request = body is null ? WireRequest.Parse(method, path) : WireRequest.WithJson(method, path, body.ToJsonString());
        var operation = _specification!.Find(request) ?? throw new InvalidOperationException($"No document has {request}.");
        Assert.Empty(RequestJudge.Faults(request, operation));
        var answer = await lab.SendAsync(method, path, body);
        Assert.True(answer.Status == (status ?? operation.Status), $"{request} was answered {answer.Status}: {answer.Text}");
        var schema = status is null ? operation.Answer : operation.Refusal(answer.Status);
        if (schema is null)
            Assert.Equal("", answer.Text);
        else
            Assert.Empty(RequestJudge.Validate(answer.Text, schema).Where(e => status is null || !IsMore(e)).Select(e => $"{request}: {e.Path} {e.Kind}"));
        if (status is null)
            _called.Add(operation.Name);
        return answer.Json;
    }

    // Problems are open in every document, and the codes of dependency management were seen where its document has none.
    private static bool IsMore(ValidationError error) => error.Kind == ValidationErrorKind.NoAdditionalPropertiesAllowed;
}
