using OdcPowerShell.Emulator;

namespace OdcPowerShell.Sandbox.Tours;

/// <summary>The guided tour: what the module does in a minute, each step checked as it is shown.</summary>
internal sealed class Tour(TourGuide guide, EmulatedTenant tenant)
{
    private const string TimeOfToken = "'{0:HH:mm:ss.fff}' -f (Get-OdcAccessToken -Connection brief).ExpiresOn";
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(2);

    /// <exception cref="TourFailedException">A step did not come out as it should.</exception>
    public void Run()
    {
        SignIn();
        ListUsers();
        OutliveToken();
        LackPermission();
        SelectConnection();
        Suggest();
    }

    private void SignIn()
    {
        guide.Step("A tenant is emulated on this machine: $acme holds its address and its API clients' credentials");
        guide.Type("$acme");

        guide.Step("Sign in as one of the API clients");
        guide.Type("Connect-Odc -Tenant $acme.Url -Credential $acme.admin -Name acme");
        guide.Type("Get-OdcConnection");

        guide.Step("The tenant's discovery document said where tokens are issued");
        var endpoint = guide.Type("(Get-OdcConnection acme).TokenEndpoint.AbsoluteUri");
        guide.Expect(endpoint.Text == tenant.TokenEndpoint.AbsoluteUri, $"the tenant issues tokens at {tenant.TokenEndpoint}.");

        guide.Step("The access token: a SecureString, renewed on its own before it ends");
        var token = guide.Type("Get-OdcAccessToken");
        guide.Expect(token["ExpiresOn"] is DateTimeOffset end && end > DateTimeOffset.UtcNow, "the token should be valid.");
    }

    private void ListUsers()
    {
        guide.Step("The first ten end users");
        var users = guide.Type("Get-OdcUser -HasEndUserRole -First 10");
        var expected = Math.Min(10, tenant.Users.Count(user => user.HasApplicationRoles));
        guide.Expect(users.Objects.Count == expected, $"{users.Objects.Count} users came.");
    }

    private void OutliveToken()
    {
        guide.Step($"A connection outlives its token: from here on a new token ends after {Brief.TotalSeconds} seconds");
        var usual = tenant.TokenLifetime;
        tenant.TokenLifetime = Brief;
        try
        {
            guide.Type("Connect-Odc -Tenant $acme.Url -Credential $acme.auditor -Name brief");
            var first = guide.Type(TimeOfToken);
            guide.Type("[Threading.Thread]::Sleep(2500)");
            guide.Type("(Get-OdcUser -Connection brief -First 1).Name");
            var second = guide.Type(TimeOfToken);
            guide.Expect(first.Text is not null && second.Text is not null && first.Text != second.Text, "the token should be a new one.");
        }
        finally
        {
            tenant.TokenLifetime = usual;
        }
    }

    private void LackPermission()
    {
        guide.Step("A client without a permission is told which one it lacks");
        guide.Type("Connect-Odc -Tenant $acme.Url -Credential $acme.deployer -Name deployer");
        var refusal = guide.TypeWrong("Get-OdcUser -Connection deployer -First 1", "OdcAccessDenied");
        guide.Expect(refusal.Errors[0].ErrorDetails?.RecommendedAction is { Length: > 0 }, "the error should say what to do.");
    }

    private void SelectConnection()
    {
        guide.Step("The connection opened last is the default, until another is selected");
        guide.Type("Select-OdcConnection acme");
        var connections = guide.Type("Get-OdcConnection");
        guide.Expect(connections.Objects.Count == 3, "three connections should be open.");
    }

    private void Suggest()
    {
        guide.Step("What to try next");
        guide.Suggest("Get-Command -Module OdcPowerShell", "all the commands");
        guide.Suggest("Get-Help Get-OdcUser -Examples", "how one of them is used");
        guide.Suggest("Get-OdcUser -HasOrganizationRole | ForEach-Object Email", "objects, not text");
        guide.Suggest("Get-OdcDeployedAsset -Stage Production", "what runs where; Start-OdcDeployment brings it there");
    }
}
