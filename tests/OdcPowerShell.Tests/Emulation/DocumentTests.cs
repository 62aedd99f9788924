using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Plain reads come from seed documents, and plain changes change these.</summary>
public sealed class DocumentTests
{
    private const string Organization = "/api/organization/v1/organization";
    private const string Providers = "/api/identity/v1/identity-providers";

    [Fact]
    public async Task A_document_is_the_tenants_and_keeps_what_is_changed()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var before = await lab.GetAsync(Organization);
        Assert.Equal((lab.Tenant.RealmId.ToString(), lab.Tenant.OrganizationName), ((string)before["id"]!, (string)before["name"]!));
        var changed = await lab.PatchAsync(Organization, new JsonObject { ["name"] = "Renamed" });
        Assert.Equal((200, ""), (changed.Status, changed.Text));
        var after = await lab.GetAsync(Organization);
        Assert.Equal(("Renamed", 2), ((string)after["name"]!, (int)after["assetPortfolioCount"]!));
        Assert.Equal((string)before["id"]!, (string)after["id"]!);
    }

    [Fact]
    public async Task A_change_without_what_it_needs_is_refused()
    {
        await using var lab = await DeliveryLab.StartAsync("auditor");
        Assert.Equal(403, (await lab.PatchAsync(Organization, new JsonObject { ["name"] = "Mine" })).Status);
        await lab.SignInAsync("admin");
        Assert.Equal(400, (await lab.PatchAsync(Organization, new JsonObject())).Status);
        Assert.Equal(400, (await lab.PatchAsync(Organization, new JsonArray())).Status);
        Assert.Equal(lab.Tenant.OrganizationName, (string)(await lab.GetAsync(Organization))["name"]!);
    }

    [Fact]
    public async Task A_list_is_filtered_and_paged_and_has_its_items()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var all = await lab.GetAsync(Providers);
        Assert.Equal(["Entra ID", "OutSystems"], all.All("name"));
        Assert.Equal(["OutSystems"], (await lab.GetAsync($"{Providers}?nameContains=OUT")).All("name"));
        Assert.Equal(["OutSystems"], (await lab.GetAsync($"{Providers}?key={lab.Tenant.Identity.BuiltInProviderKey}")).All("name"));
        Assert.Equal(["OutSystems"], (await lab.GetAsync($"{Providers}?limit=1&offset=1")).All("name"));
        Assert.Equal(400, (await lab.GetAsync($"{Providers}?limit=0")).Status);
        Assert.Equal("Entra ID", (string)(await lab.GetAsync($"{Providers}/{lab.Tenant.Identity.OpenIdConnectProviderKey}"))["name"]!);
        Assert.Equal(404, (await lab.GetAsync($"{Providers}/{Guid.NewGuid()}")).Status);
        Assert.Equal(400, (await lab.GetAsync($"{Providers}/nothing")).Status);
    }

    [Theory]
    [InlineData("GET", "/api/organization/v1/nothing")]
    [InlineData("DELETE", Organization)]
    [InlineData("GET", "/api/nothing")]
    public async Task What_is_not_there_answers_501(string method, string path)
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(501, (await lab.SendAsync(method, path)).Status);
    }
}
