namespace OdcPowerShell.Tests.Identity;

/// <summary>A permission can't be added and removed at the same time.</summary>
public sealed class PermissionOverlapTests
{
    [Theory]
    [InlineData("-AddPermission 'View members' -RemovePermission 'View members'", true)]
    [InlineData("-AddPermission 'View members' -RemovePermission 'View end users', 'View members' -Stage QA", true)]
    [InlineData("-AddPermission 'View members' -RemovePermission 'View end users'", false)]
    public async Task It_is_an_error_that_names_it(string parameters, bool isError)
    {
        await using var lab = await TenantLab.StartAsync(users: 0);
        lab.Run("New-OdcOrganizationRole Crew 'View end users'").ThrowOnError();
        lab.Forget();
        var result = lab.Run("Set-OdcOrganizationRole Crew " + parameters);
        Assert.Equal(isError, result.HasError);
        Assert.Equal(isError ? 0 : 1, lab.Changes.Count);
        if (isError)
            Assert.Contains("View members", result.Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }
}
