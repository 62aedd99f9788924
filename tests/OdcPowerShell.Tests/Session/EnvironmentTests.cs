namespace OdcPowerShell.Tests.Session;

/// <summary>The tests that change what the whole process shares, its environment variables above all; each runs alone.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
public sealed class EnvironmentTestsCollection;

/// <summary>Connect-Odc -EnvironmentVariable.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class EnvironmentTests : IDisposable
{
    private static readonly string[] Names = ["ODC_TENANT_URL", "ODC_PORTAL_DOMAIN", "ODC_CLIENT_ID", "ODC_CLIENT_SECRET"];

    [Theory]
    [InlineData("ODC_TENANT_URL")]
    [InlineData("ODC_PORTAL_DOMAIN")]
    public async Task The_environment_signs_in(string tenantVariable)
    {
        await using var lab = await Lab.StartAsync();
        SignInBy(lab["acme"], tenantVariable);
        using var shell = new Shell();
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("Connect-Odc -EnvironmentVariable; (Get-OdcOrganization).Name").Single<string>());
    }

    [Theory]
    [InlineData("ODC_CLIENT_ID", "", "OdcEnvironmentVariableMissing")]
    [InlineData("ODC_CLIENT_SECRET", "   ", "OdcEnvironmentVariableMissing")]
    [InlineData("ODC_TENANT_URL", "", "OdcTenantMissing")]
    public void An_empty_variable_is_named(string variable, string value, string id)
    {
        Set("ODC_TENANT_URL", "https://acme.example");
        Set("ODC_CLIENT_ID", "client");
        Set("ODC_CLIENT_SECRET", "secret");
        Set(variable, value);
        using var shell = new Shell();
        var error = shell.Catch("Connect-Odc -EnvironmentVariable");
        error.MustBe(id);
        if (id == "OdcEnvironmentVariableMissing")
            Assert.Contains(variable, error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The variables that Connect-Odc -EnvironmentVariable reads, until <see cref="Clear"/>.</summary>
    internal static void SignInBy(EmulatedTenant tenant, string tenantVariable = "ODC_TENANT_URL")
    {
        Set(tenantVariable, tenant.Url.ToString());
        Set("ODC_CLIENT_ID", tenant.Clients["admin"].ClientId);
        Set("ODC_CLIENT_SECRET", tenant.Clients["admin"].Secret);
    }

    internal static void Clear()
    {
        foreach (var name in Names)
            Set(name, value: null);
    }

    private static void Set(string name, string? value) => Environment.SetEnvironmentVariable(name, value);

    public void Dispose() => Clear();
}
