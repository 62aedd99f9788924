using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>Private gateways: state, activation and deactivation.</summary>
public sealed class PrivateGatewayTests
{
    private const string Base = "/api/environment-configurations/v1/environments/";

    [Fact]
    public async Task The_gateway_of_each_stage_takes_one_request_and_is_always_read_again()
    {
        await using var lab = await TenantLab.StartAsync();
        var gateways = lab.Run("Get-OdcStage | Get-OdcPrivateGateway").All<OdcPrivateGateway>();
        Assert.Equal([("Development", "Inactive", "Unhealthy"), ("QA", "Inactive", "Unhealthy"), ("Production", "Active", "Healthy")], gateways.Select(g => (g.StageName!, g.State, g.Health!)));
        Assert.Equal(["GET /api/portfolios/v2/environments", .. lab.Tenant.Stages.OrderBy(s => s.Order).Select(s => $"GET {Base}{s.Key}/private-gateway")], lab.Sent);
        lab.Run("Get-OdcPrivateGateway Production").ThrowOnError();
        lab.Forget();
        lab.Run("Get-OdcPrivateGateway Production").ThrowOnError();
        Assert.Single(lab.Sent);
    }

    [Fact]
    public async Task An_activation_writes_the_token_at_once_and_the_gateway_when_it_is_active()
    {
        await using var lab = await TenantLab.StartAsync();
        var written = lab.Run("Enable-OdcPrivateGateway QA -Wait").ThrowOnError().Output;
        var token = Assert.IsType<OdcPrivateGatewayToken>(written[0].BaseObject);
        var gateway = Assert.IsType<OdcPrivateGateway>(written[1].BaseObject);
        Assert.Equal(("QA", lab.Tenant.GatewayToken(Stage(lab, "QA"))), (token.StageName, Plain(lab, token)));
        Assert.Equal(("QA", "Active", true), (gateway.StageName, gateway.State, gateway.Url?.StartsWith("https://", StringComparison.Ordinal)));
        Assert.Single(lab.Changes);
    }

    [Fact]
    public async Task A_deactivation_is_waited_for_and_an_activation_keeps_address_and_token()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$token = (Update-OdcPrivateGatewayToken Production -Confirm:$false).Token; $before = Get-OdcPrivateGateway Production").ThrowOnError();
        Assert.Equal("Inactive", lab.Run("($before | Disable-OdcPrivateGateway -Wait -Confirm:$false).State").Single<string>());
        Assert.True(lab.Run("$after = Enable-OdcPrivateGateway Production; $after.Url -eq $before.Url -and ($after.Token | ConvertFrom-SecureString -AsPlainText) -eq ($token | ConvertFrom-SecureString -AsPlainText)").Single<bool>());
    }

    [Fact]
    public async Task A_deactivation_without_wait_is_written_and_can_be_waited_for()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Delivery.OperationDuration = TimeSpan.FromHours(1);
        Assert.Equal("Deactivating", lab.Run("$gateway = Disable-OdcPrivateGateway Production -Confirm:$false; $gateway.State").Single<string>());
        var rejected = lab.Run("Enable-OdcPrivateGateway Production").Error.MustBe("OdcConflict");
        Assert.Contains("being deactivated", rejected.ToString(), StringComparison.Ordinal);
        Assert.Contains("Get-OdcPrivateGateway 'Production' | Wait-OdcOperation", rejected.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        lab.Run("Update-OdcPrivateGatewayToken Production -Confirm:$false").Error.MustBe("OdcConflict");
        // It is not deactivated a second time.
        lab.Run("Disable-OdcPrivateGateway Production -Confirm:$false").ThrowOnError();
        Assert.Single(lab.Changes);
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromHours(2));
        Assert.Equal("Inactive", lab.Run("($gateway | Wait-OdcOperation).State").Single<string>());
    }

    [Theory]
    [InlineData("Enable-OdcPrivateGateway Production", "is active already", "Update-OdcPrivateGatewayToken")]
    [InlineData("Update-OdcPrivateGatewayToken QA -Confirm:$false", "is not active", "Enable-OdcPrivateGateway")]
    public async Task What_the_state_does_not_allow_is_not_sent(string line, string reason, string advice)
    {
        await using var lab = await TenantLab.StartAsync();
        var error = lab.Run(line).Error.MustBe("OdcConflict");
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task An_inactive_gateway_is_not_deactivated()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Contains("stage QA is not active", Assert.Single(lab.Run("Disable-OdcPrivateGateway QA -Confirm:$false").ThrowOnError().Warnings), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Without_the_permission_to_read_the_service_decides()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Clients["admin"].Permissions = ["Stage > View stage", "Configuration management > Manage private gateways"];
        Assert.Equal("QA", lab.Run("(Enable-OdcPrivateGateway QA).StageName").Single<string>());
        lab.Run("Enable-OdcPrivateGateway Production").Error.MustBe("OdcConflict");
        lab.Tenant.Clients["admin"].Permissions = ["Stage > View stage", "Configuration management > View configurations"];
        var denied = lab.Run("Enable-OdcPrivateGateway Development").Error.MustBe("OdcAccessDenied");
        Assert.Contains("Configuration management > Manage private gateways", denied.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_activation_and_a_wait_that_is_too_long_are_errors()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Delivery.Plan(EmulatedOperation.GatewayActivation, OperationPlan.Endless);
        var result = lab.Run("Enable-OdcPrivateGateway QA -Wait -TimeoutSec 1");
        Assert.IsType<OdcPrivateGatewayToken>(Assert.Single(result.Output).BaseObject);
        Assert.Contains("private gateway of stage QA", result.Error.MustBe("OdcTimeout").ToString(), StringComparison.Ordinal);
        lab.Tenant.Delivery.Plan(EmulatedOperation.GatewayDeactivation, OperationPlan.Failing());
        Assert.Contains("private gateway of stage Production", lab.Run("Disable-OdcPrivateGateway Production -Wait -Confirm:$false").Error.MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIf_names_the_stage_and_what_happens()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("Disable-OdcPrivateGateway Production -WhatIf | Out-Default; Get-OdcStage QA | Enable-OdcPrivateGateway -SecretName gw-qa -WhatIf | Out-Default; Update-OdcPrivateGatewayToken Production -WhatIf | Out-Default").ThrowOnError();
        var text = lab.Shell.Host.Text.Replace("\n", " ", StringComparison.Ordinal);
        Assert.Contains("private gateway of stage Production: its apps lose the connection to the private network", text, StringComparison.Ordinal);
        Assert.Contains("private gateway of stage QA, new token in secret 'gw-qa' of the default vault", text, StringComparison.Ordinal);
        Assert.Contains("token of the private gateway of stage Production: connectors that reconnect with the old one are rejected", text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    private static Guid Stage(TenantLab lab, string name) => lab.Tenant.Stages.Single(s => s.Name == name).Key;

    private static string Plain(TenantLab lab, OdcPrivateGatewayToken token)
    {
        lab.Shell.Set("plain", token);
        return lab.Run("$plain.Token | ConvertFrom-SecureString -AsPlainText").Single<string>();
    }
}
