using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's ways to make assets and revisions.</summary>
public sealed class DeliveryCreationTests
{
    private const string Assets = DeliveryLab.Repository + "/assets";

    [Fact]
    public async Task A_new_asset_begins_with_revision_1()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var made = await lab.PostAsync(Assets, Details("Travel", "WebApplication", lab.Key("Blank App")));
        Assert.Equal((201, 1, "WebApplication"), (made.Status, (int)made["revision"]!, (string)made["applicationType"]!));
        var asset = await lab.GetAsync($"{Assets}/{made["applicationKey"]}");
        Assert.Equal("Travel", (string)asset["name"]!);
        Assert.Equal(lab.Key("Blank App").ToString(), (string)asset["clonedFromTemplateKey"]!);
        Assert.Equal(lab.Delivery.Portfolios[0].Key.ToString(), (string)asset["portfolioKey"]!);
    }

    [Fact]
    public async Task A_type_that_the_answer_cannot_name_is_null_in_it()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var made = await lab.PostAsync(Assets, Details("Helper", "Agent"));
        Assert.Null(made.Json!["applicationType"]);
        Assert.Equal("Agent", (string)(await lab.GetAsync($"{Assets}/{made["applicationKey"]}"))["assetType"]!);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"assetCreationDetails":{"assetType":"Agent"}}""")]
    [InlineData("""{"assetCreationDetails":{"assetName":"x"}}""")]
    [InlineData("""{"assetCreationDetails":{"assetName":"x","assetType":"ExternalLibrary"}}""")]
    [InlineData("""{"assetCreationDetails":{"assetName":"x","assetType":"Agent","templateKey":"11111111-1111-4111-8111-111111111111"}}""")]
    [InlineData("""{"assetCreationDetails":{"assetName":"x","assetType":"Agent","iconBase64":"?"}}""")]
    [InlineData("""{"assetCreationDetails":{"assetName":"x","assetType":"Agent"},"releaseNotes":"without a tag"}""")]
    [InlineData("""{"assetCreationDetails":{"assetName":"x","assetType":"Agent"},"portfolioKey":"11111111-1111-4111-8111-111111111111"}""")]
    [InlineData("""{"fileUri":"http://elsewhere.example/x.oml"}""")]
    public async Task An_incomplete_request_makes_nothing(string body)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var before = lab.Delivery.Assets;
        Assert.Equal(400, (await lab.PostAsync(Assets, JsonNode.Parse(body))).Status);
        Assert.Equal(before, lab.Delivery.Assets);
    }

    [Fact]
    public async Task An_uploaded_file_becomes_a_revision_with_that_source()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Order Desk");
        var file = SourceFile.Create(key, "WebApplication", "Order Desk", 5000);
        var upload = (string)(await lab.PostAsync($"{DeliveryLab.Repository}/uploads"))["uploadUrl"]!;
        using (var content = new ByteArrayContent(file))
        using (var put = await lab.Anonymous.PutAsync(upload, content))
            put.EnsureSuccessStatusCode();

        var made = await lab.PostAsync(Assets, new JsonObject
        {
            ["fileUri"] = upload, ["tag"] = "2.0.0", ["releaseNotes"] = "New.", ["commitMessage"] = "Rebuilt",
        });
        Assert.Equal((201, 7, "2.0.0"), (made.Status, (int)made["revision"]!, (string)made["tag"]!));
        var source = await lab.GetAsync($"{Assets}/{key}/revisions/7/source-code");
        Assert.Equal(file, await lab.Anonymous.GetByteArrayAsync((string)source["sourceCodeBinaryUrl"]!));
        Assert.Equal(["Rebuilt"], (await lab.GetAsync($"{Assets}/{key}/revisions?commitMessage=rebuilt")).All("commitMessage"));
        Assert.NotEmpty((await lab.GetAsync($"{DeliveryLab.Dependencies}/assets/{key}/revisions/7/producers")).Results);
    }

    [Fact]
    public async Task A_file_without_a_request_makes_a_revision_or_an_asset()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var known = await SendFileAsync(lab, SourceFile.Create(lab.Key("Fleet"), "WebApplication", "Fleet"));
        Assert.Equal((201, lab.Key("Fleet").ToString()), (known.Status, (string)known["applicationKey"]!));
        var key = Guid.NewGuid();
        var made = await SendFileAsync(lab, SourceFile.Create(key, "LowCodeLibrary", "Colours"));
        Assert.Equal((201, 1), (made.Status, (int)made["revision"]!));
        Assert.Equal(key, lab.Key("Colours"));
        Assert.Equal(400, (await SendFileAsync(lab, "no oml"u8.ToArray())).Status);
    }

    [Fact]
    public async Task Parts_carry_the_request_and_the_file()
    {
        await using var lab = await DeliveryLab.StartAsync();
        using var parts = new MultipartFormDataContent();
        parts.Add(new StringContent("""{"tag":"1.9.5","skipSequentialVersionValidation":true}""", Encoding.UTF8, "application/json"), "creationRequest");
        parts.Add(new ByteArrayContent(SourceFile.Create(lab.Key("Order Desk"), "WebApplication", "Order Desk")), "assetFile", "OrderDesk.oml");
        var made = await lab.SendAsync("POST", Assets, parts);
        Assert.Equal((201, "1.9.5"), (made.Status, (string)made["tag"]!));
        Assert.Equal("1.10.0", lab.Delivery.Asset("Order Desk").HighestTag);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_however_it_comes()
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(100 * 1024 * 1024, lab.Delivery.Storage.SourceLimit);
        lab.Delivery.Storage.SourceLimit = 1000;
        var file = SourceFile.Create(lab.Key("Fleet"), "WebApplication", "Fleet", 1001);
        Assert.Equal("OS-APPS-40008", (await SendFileAsync(lab, file)).Code);

        using var parts = new MultipartFormDataContent { { new ByteArrayContent(file), "assetFile", "Fleet.oml" } };
        Assert.Equal("OS-APPS-40008", (await lab.SendAsync("POST", Assets, parts)).Code);

        var upload = (string)(await lab.PostAsync($"{DeliveryLab.Repository}/uploads"))["uploadUrl"]!;
        using var content = new ByteArrayContent(file);
        using var put = await lab.Anonymous.PutAsync(upload, content);
        Assert.Equal("OS-APPS-40008", (await lab.PostAsync(Assets, new JsonObject { ["fileUri"] = upload })).Code);
    }

    [Fact]
    public async Task A_file_of_more_than_100_MB_reaches_the_refusal()
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal("OS-APPS-40008", (await SendFileAsync(lab, new byte[(100 * 1024 * 1024) + 1])).Code);
    }

    [Fact]
    public async Task Creating_and_changing_are_different_permissions()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var file = SourceFile.Create(lab.Key("Fleet"), "WebApplication", "Fleet");
        lab.Tenant.Clients["empty"].Permissions = ["Asset management > Create"];
        await lab.SignInAsync("empty");
        Assert.Equal(201, (await lab.PostAsync(Assets, Details("One", "Workflow"))).Status);
        Assert.Equal(403, (await SendFileAsync(lab, file)).Status);
        lab.Tenant.Clients["empty"].Permissions = ["Asset management > Change"];
        Assert.Equal(403, (await lab.PostAsync(Assets, Details("Two", "Workflow"))).Status);
        Assert.Equal(201, (await SendFileAsync(lab, file)).Status);
    }

    [Fact]
    public async Task An_asset_stays_in_its_portfolio()
    {
        await using var lab = await DeliveryLab.StartAsync();
        using var parts = new MultipartFormDataContent();
        parts.Add(new StringContent(new JsonObject { ["portfolioKey"] = lab.Delivery.Portfolios[1].Key }.ToJsonString()), "creationRequest");
        parts.Add(new ByteArrayContent(SourceFile.Create(lab.Key("Fleet"), "WebApplication", "Fleet")), "assetFile");
        Assert.Equal("OS-APPS-40025", (await lab.SendAsync("POST", Assets, parts)).Code);
    }

    private static JsonObject Details(string name, string type, Guid? template = null) => new()
    {
        ["assetCreationDetails"] = new JsonObject { ["assetName"] = name, ["assetType"] = type, ["templateKey"] = template },
    };

    private static Task<DeliveryAnswer> SendFileAsync(DeliveryLab lab, byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return lab.SendAsync("POST", Assets, content);
    }
}
