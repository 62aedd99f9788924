using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's storage: signed addresses on another origin.</summary>
public sealed class DeliveryStorageTests
{
    [Fact]
    public async Task It_is_another_origin_and_refuses_a_bearer()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var address = await SourceAddressAsync(lab);
        Assert.NotEqual(lab.Tenant.Url.Authority, new Uri(address).Authority);
        Assert.NotEqual(lab.Tenant.IdentityUrl.Authority, new Uri(address).Authority);

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "x");
        using var answer = await lab.Anonymous.SendAsync(request);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("GET", Assert.Single(lab.Delivery.Storage.RefusedAuthorizations).Method);
        Assert.Equal(64 * 1024, (await lab.Anonymous.GetByteArrayAsync(address)).Length);
    }

    [Fact]
    public async Task Content_is_always_the_same_and_of_the_size_asked_for()
    {
        await using var lab = await DeliveryLab.StartAsync();
        await using var other = await DeliveryLab.StartAsync();
        lab.Delivery.Storage.ContentSize = other.Delivery.Storage.ContentSize = 300_001;
        var content = await lab.Anonymous.GetByteArrayAsync(await SourceAddressAsync(lab));
        Assert.Equal(300_001, content.Length);
        Assert.Equal(content, await other.Anonymous.GetByteArrayAsync(await SourceAddressAsync(other)));
    }

    [Fact]
    public async Task A_download_can_be_continued()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var address = await SourceAddressAsync(lab);
        var whole = await lab.Anonymous.GetByteArrayAsync(address);
        using var first = await lab.Anonymous.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, await SourceAddressAsync(lab));
        request.Headers.Range = new RangeHeaderValue(1000, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(first.Headers.ETag!);
        using var rest = await lab.Anonymous.SendAsync(request);
        Assert.Equal(206, (int)rest.StatusCode);
        Assert.Equal(whole[1000..], await rest.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole.Length, rest.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task An_address_ends_and_the_next_one_is_good()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Delivery.Storage.UrlLifetime = TimeSpan.FromMinutes(5);
        var old = await SourceAddressAsync(lab);
        lab.Delivery.SkipTime(TimeSpan.FromMinutes(6));
        Assert.Equal(403, await StatusAsync(lab, old));
        var fresh = await SourceAddressAsync(lab);
        Assert.Equal(200, await StatusAsync(lab, fresh));
        lab.Delivery.Storage.ExpireUrls();
        Assert.Equal(403, await StatusAsync(lab, fresh));
        Assert.Equal(200, await StatusAsync(lab, await SourceAddressAsync(lab)));
    }

    [Fact]
    public async Task A_signature_is_for_one_path_and_one_method()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var address = await SourceAddressAsync(lab);
        Assert.Equal(403, await StatusAsync(lab, address.Replace("source.oml", "signature.bin", StringComparison.Ordinal)));
        Assert.Equal(403, await StatusAsync(lab, address.Split('?')[0]));
        using var content = new ByteArrayContent([1]);
        using var put = await lab.Anonymous.PutAsync(address, content);
        Assert.Equal(403, (int)put.StatusCode);
        Assert.Empty(lab.Delivery.Storage.Files);
    }

    [Theory]
    [InlineData("icon", "iconUrl", "image/png")]
    [InlineData("signature", "signatureBinaryUrl", "application/octet-stream")]
    [InlineData("?embed=releaseNote", "_embedded.releaseNote.releaseNoteUrl", "text/plain")]
    public async Task Every_address_leads_to_something(string detail, string member, string type)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{DeliveryLab.Repository}/assets/{lab.Key("Order Desk")}/revisions/4";
        var json = (await lab.GetAsync(path + (detail.StartsWith('?') ? detail : "/" + detail))).Json;
        var address = member.Split('.').Aggregate(json, (node, name) => node![name])!.ToString();
        using var answer = await lab.Anonymous.GetAsync(address);
        Assert.Equal((200, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_answer_to_a_creation_has_addresses_too()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var made = await lab.PostAsync($"{DeliveryLab.Repository}/assets", new JsonObject
        {
            ["assetCreationDetails"] = new JsonObject { ["assetName"] = "Travel", ["assetType"] = "Workflow", ["iconBase64"] = "AQID" },
        });
        Assert.Equal([1, 2, 3], await lab.Anonymous.GetByteArrayAsync((string)made["iconUrl"]!));
        Assert.Equal(1, (int)JsonNode.Parse(await lab.Anonymous.GetStringAsync((string)made["metamodelJsonUrl"]!))!["revision"]!);
        Assert.Equal(200, await StatusAsync(lab, (string)made["sourceCodeBinaryUrl"]!));
        Assert.Equal(200, await StatusAsync(lab, (string)made["signatureBinaryUrl"]!));
    }

    private static async Task<string> SourceAddressAsync(DeliveryLab lab) =>
        (string)(await lab.GetAsync($"{DeliveryLab.Repository}/assets/{lab.Key("Order Desk")}/revisions/4/source-code"))["sourceCodeBinaryUrl"]!;

    private static async Task<int> StatusAsync(DeliveryLab lab, string address)
    {
        using var answer = await lab.Anonymous.GetAsync(address);
        return (int)answer.StatusCode;
    }
}
