using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Every operation of the external library API answers as the official specification says.</summary>
public sealed class ExternalLibrariesContractTests
{
    private const string Base = "/api/external-libraries/v1/";
    private const string Generations = Base + "generation-operations";

    private Specification? _specification;
    private readonly HashSet<string> _called = [];

    [Fact]
    public async Task Every_operation_answers_with_its_status_and_schema()
    {
        _specification = Specification.Required();
        await using var lab = await DeliveryLab.StartAsync();
        var first = await StartAsync(lab, "PDF Tools", "action Merge A:BinaryData B:BinaryData >C:BinaryData", "structure Page Width:Decimal");
        var one = $"{Generations}/{first}";
        await EachAsync(lab, one);
        await CallAsync(lab, "DELETE", one, status: 405);
        lab.LetHalfPass();
        lab.LetHalfPass();
        await EachAsync(lab, one);
        lab.Delivery.Plan(EmulatedOperation.LibraryGeneration, new OperationPlan { FinalStatus = "ReadyForReview" });
        lab.Delivery.Plan(EmulatedOperation.LibraryGeneration, OperationPlan.Failing("Broken."));
        foreach (var elements in new[] { "action Merge A:Text", "structure Page Width:Integer Height:Integer" })
        {
            var next = $"{Generations}/{await StartAsync(lab, "PDF Tools", elements)}";
            lab.LetOperationsEnd();
            await EachAsync(lab, next);
        }

        await CallAsync(lab, "GET", Generations);
        await CallAsync(lab, "POST", Generations, new JsonObject { ["fileName"] = "a.zip" }, 400);
        await CallAsync(lab, "GET", $"{Generations}/{Guid.NewGuid()}/contents", status: 404);
        await CallAsync(lab, "GET", $"{Generations}/nonsense/log-messages", status: 400);
        await CallAsync(lab, "DELETE", one);
        await CallAsync(lab, "DELETE", one, status: 404);
        var downloads = $"{Base}assets/{lab.Key("PDF Tools")}/revisions/2/source-code-download";
        var download = $"{downloads}/{(await CallAsync(lab, "POST", downloads))!["operationKey"]}";
        await CallAsync(lab, "GET", download);
        lab.LetOperationsEnd();
        Assert.Equal("ReadyForDownload", (string?)(await CallAsync(lab, "GET", download))!["status"]);
        await CallAsync(lab, "POST", downloads.Replace("/2/", "/99/", StringComparison.Ordinal), status: 404);
        await CallAsync(lab, "POST", $"{Base}assets/{lab.Key("Fleet")}/revisions/2/source-code-download", status: 404);
        await CallAsync(lab, "GET", $"{downloads}/{Guid.NewGuid()}", status: 404);
        Assert.Equal(
            _specification.All.Select(o => o.Name).Where(n => n.Contains(Base, StringComparison.Ordinal)).Order(StringComparer.Ordinal), _called.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_generation_shows_its_library_when_it_is_known()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var one = $"{Generations}/{await StartAsync(lab, "Barcodes", "action Read Image:BinaryData >Text:Text")}";
        var running = await lab.GetAsync(one);
        Assert.Equal(("Generating", null, null), ((string?)running["status"], (string?)running.Json!["libraryKey"], (string?)running.Json!["isNewLibrary"]?.ToString()));
        Assert.Empty((await lab.GetAsync($"{one}/contents"))["actions"].AsArray());
        lab.LetOperationsEnd();
        var done = await lab.GetAsync(one);
        Assert.Equal(("Completed", lab.Key("Barcodes").ToString(), true), ((string?)done["status"], (string?)done["libraryKey"], (bool)done["isNewLibrary"]));
        var action = Assert.Single((await lab.GetAsync($"{one}/contents"))["actions"].AsArray())!;
        Assert.Equal(("Read", "Added", 2), ((string?)action["name"], (string?)action["changeType"], action["parameters"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("Asset management > Create", "Barcodes", 201)]
    [InlineData("Asset management > Create", "PDF Tools", 403)]
    [InlineData("Asset management > Change", "PDF Tools", 201)]
    [InlineData("Asset management > Change", "Barcodes", 403)]
    [InlineData("Asset management > Open", "Barcodes", 403)]
    public async Task The_permission_depends_on_the_library(string permission, string library, int status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var url = await UploadAsync(lab, LibraryFile.Create(library, "action A"));
        lab.Tenant.Clients["admin"].Permissions = [permission];
        Assert.Equal(status, (await lab.PostAsync(Generations, new JsonObject { ["fileName"] = "a.zip", ["highCodeBinaryUri"] = url })).Status);
        Assert.Equal(permission.EndsWith("Create", StringComparison.Ordinal) ? 200 : 403, (await lab.GetAsync($"{Base}uploads")).Status);
        Assert.Equal(200, (await lab.GetAsync(Generations)).Status);
    }

    [Fact]
    public async Task A_package_without_a_manifest_has_one_action()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var url = await UploadAsync(lab, LibraryFile.Pack(("Plain.dll", "MZ"), ("Plain.deps.json", "{}")));
        await lab.PostAsync(Generations, new JsonObject { ["fileName"] = "a.zip", ["highCodeBinaryUri"] = url });
        lab.LetOperationsEnd();
        Assert.Equal(("Plain", "Completed"), (lab.Delivery.Asset("Plain").Name, (string?)(await lab.GetAsync(Generations)).Results[0]!["status"]));
    }

    private static async Task<string> UploadAsync(DeliveryLab lab, byte[] package)
    {
        var upload = await lab.GetAsync($"{Base}uploads");
        using var content = new ByteArrayContent(package) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var put = await lab.Anonymous.PutAsync((string)upload["uploadUrl"]!, content);
        Assert.True(put.IsSuccessStatusCode);
        Assert.Equal(package, await lab.Anonymous.GetByteArrayAsync((string)upload["downloadUrl"]!));
        return (string)upload["downloadUrl"]!;
    }

    private async Task<string> StartAsync(DeliveryLab lab, string library, params string[] elements)
    {
        if (_specification is not null)
            await CallAsync(lab, "GET", $"{Base}uploads");
        var body = new JsonObject { ["fileName"] = "a.zip", ["highCodeBinaryUri"] = await UploadAsync(lab, LibraryFile.Create(library, elements)) };
        var answer = _specification is null ? (await lab.PostAsync(Generations, body)).Json : await CallAsync(lab, "POST", Generations, body);
        return (string)answer!["operationKey"]!;
    }

    private async Task EachAsync(DeliveryLab lab, string one)
    {
        foreach (var path in new[] { one, $"{one}/contents", $"{one}/log-messages" })
            await CallAsync(lab, "GET", path);
    }

    private async Task<JsonNode?> CallAsync(DeliveryLab lab, string method, string path, JsonObject? body = null, int? status = null)
    {
        var request = body is null ? WireRequest.Parse(method, path) : WireRequest.WithJson(method, path, body.ToJsonString());
        var operation = _specification!.Find(request)!;
        var answer = await lab.SendAsync(method, path, body);
        Assert.True(answer.Status == (status ?? operation.Status), $"{request}: {answer.Status}: {answer.Text}");
        if (status is null)
        {
            _called.Add(operation.Name);
            Faults.None(RequestJudge.Faults(request, operation).Select(f => $"{request}: {f}"));
            if (operation.Answer is { } schema)
                Faults.None(RequestJudge.Validate(answer.Text, schema).Select(e => $"{request}: {e.Path} {e.Kind}"));
        }

        return answer.Json;
    }
}
