using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>What an export could not read: the reason in plain words, and an error for jobs.</summary>
public sealed class UnreadPartTests
{
    [Theory]
    [InlineData("User management > Manage end-user groups", "the API client lacks the permission User management > Manage end-user groups")]
    [InlineData("Stage > View stage", "the API client lacks the permission Stage > View stage")]
    public async Task The_reason_names_the_permission(string permission, string reason)
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Tenant.Clients["admin"].Permissions = [.. lab.Tenant.Clients["admin"].Permissions.Where(p => p != permission)];
        var exported = lab.Run("Export-OdcTenant $folder -ErrorOnUnread");
        exported.Error.MustBe("OdcOperationFailed");
        Assert.Contains($"{exported.Warnings.Count} parts could not be read", exported.Error.ToString(), StringComparison.Ordinal);
        var manifest = TenantManifest.Read(await File.ReadAllBytesAsync(folder["tenant.json"], TestContext.Current.CancellationToken), _ => { })!;
        Assert.Contains(manifest.Unread, u => u.Reason == reason);
        lab.Run("Export-OdcTenant $folder").ThrowOnError();
    }

    [Fact]
    public async Task Without_any_permission_each_reason_is_plain()
    {
        await using var lab = await TenantLab.StartAsync(client: "empty");
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        var exported = lab.Run("Export-OdcTenant $folder -IncludeUser");
        Assert.NotEmpty(exported.Warnings);
        Assert.All(exported.Warnings, warning =>
        {
            Assert.Matches("(lacks the permission [A-Z]|has no permission at all|lacks a permission that the documentation does not name)", warning);
            Assert.DoesNotContain("not stated", warning, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_complete_export_is_no_error()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run("Export-OdcTenant $folder -ErrorOnUnread").ThrowOnError();
    }
}
