using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>The rotation of a gateway's token through a vault: whichever step fails, the valid token is known.</summary>
public sealed class GatewayTokenTests
{
    private const string Rotate = "Update-OdcPrivateGatewayToken Production -SecretName gw -Confirm:$false";

    [Fact]
    public async Task The_new_token_is_in_the_vault_and_not_in_the_output()
    {
        await using var lab = await StartAsync();
        Assert.Empty(lab.Run(Rotate).ThrowOnError().Output);
        Assert.Equal((Valid(lab), "gw"), (Kept(lab), lab.Run("$global:Secrets.Keys -join ','").Single<string>()));
        var before = Valid(lab);
        Assert.Equal("Production", lab.Run(Rotate + " -PassThru -VaultName two").Single<OdcPrivateGatewayToken>().StageName);
        Assert.NotEqual(before, Kept(lab));
        Assert.Equal(Valid(lab), Kept(lab));
    }

    [Theory]
    [InlineData("$global:Locked = $true", "OdcVaultLocked")]
    [InlineData("$global:NoVault = $true", "OdcVaultMissing")]
    [InlineData("$global:Faults['Set-Secret'] = { throw 'The vault is read-only.' }", "OdcVaultFailed")]
    [InlineData("$global:Faults['Get-Secret'] = { throw 'The vault does not allow reading.' }", "OdcVaultFailed")]
    [InlineData("$global:Faults['Remove-Secret'] = { throw 'The vault does not allow removing.' }", "OdcVaultFailed")]
    public async Task A_vault_that_fails_before_leaves_the_token_as_it_is(string fault, string id)
    {
        await using var lab = await StartAsync();
        lab.Run(Rotate).ThrowOnError();
        var before = Valid(lab);
        lab.Forget();
        lab.Run(fault).ThrowOnError();
        lab.Run(Rotate).Error.MustBe(id);
        Assert.Equal((before, before), (Valid(lab), Kept(lab)));
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_vault_that_fails_for_this_entry_gets_another_one()
    {
        await using var lab = await StartAsync();
        lab.Run("$global:Faults['Set-Secret'] = { if ($args[0] -eq 'gw') { throw 'This entry is protected.' } }").ThrowOnError();
        var result = lab.Run(Rotate).ThrowOnError();
        Assert.Contains("secret 'gw-new'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(Valid(lab), Kept(lab, "gw-new"));
    }

    [Theory]
    [InlineData("$global:Faults['Set-Secret'] = { if ($args[0] -notlike '*trial') { throw 'The disk is full.' } }")]
    [InlineData("$global:Faults['Remove-Secret'] = { $global:Locked = $true }")]
    [InlineData("$global:Faults['Remove-Secret'] = { $global:Faults['Get-Secret'] = { $global:Secrets.Clear() } }")]
    public async Task A_vault_that_fails_afterwards_leaves_the_token_in_the_output(string fault)
    {
        await using var lab = await StartAsync();
        lab.Run(fault).ThrowOnError();
        lab.Shell.Run("$written = @()").ThrowOnError();
        var result = lab.Run("$written = @(" + Rotate + "); $written");
        Assert.Contains("was issued, but not stored as secret 'gw'", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("property Token", result.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.IsType<OdcPrivateGatewayToken>(result.Error.TargetObject);
        Assert.Equal(Valid(lab), lab.Run("$written[0].Token | ConvertFrom-SecureString -AsPlainText").Single<string>());
    }

    [Theory]
    [InlineData(Fault.LostAnswer, "OdcOutcomeUnknown")]
    [InlineData(Fault.TruncatedJson, "OdcUnexpectedResponse")]
    [InlineData(Fault.WrongContentType, "OdcUnexpectedResponse")]
    public async Task An_answer_that_is_lost_says_how_to_get_a_token_that_is_known(Fault fault, string id)
    {
        await using var lab = await StartAsync();
        lab.Run(Rotate).ThrowOnError();
        var before = Valid(lab);
        lab.Tenant.Faults = new FaultPlan(seed: 1, share: 1, fault) { Only = (method, _) => method == "POST" };
        var error = lab.Run(Rotate).Error.MustBe(id);
        Assert.Contains("run Update-OdcPrivateGatewayToken 'Production' again", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.NotEqual(before, Valid(lab));
        lab.Tenant.Faults = null;
        lab.Run(Rotate).ThrowOnError();
        Assert.Equal(Valid(lab), Kept(lab));
    }

    [Theory]
    [InlineData(Fault.Html503)]
    [InlineData(Fault.ResetBeforeHeaders)]
    public async Task A_rotation_that_was_not_done_keeps_the_token(Fault fault)
    {
        await using var lab = await StartAsync();
        lab.Run(Rotate).ThrowOnError();
        var before = Valid(lab);
        lab.Tenant.Faults = new FaultPlan(seed: 1, share: 1, fault) { Only = (method, _) => method == "POST" };
        Assert.True(lab.Run(Rotate).HasError);
        Assert.Equal((before, before), (Valid(lab), Kept(lab)));
    }

    [Fact]
    public async Task Ctrl_C_while_the_token_is_issued_says_what_may_be_lost()
    {
        await using var lab = await StartAsync();
        var isHeld = Stopping.Hold(lab.Tenant, Fault.SlowBody, "/api/environment-configurations/v1/environments/" + Production(lab) + "/private-gateway/key-rotation");
        await Stopping.EndsAsync(lab.Shell, Rotate, _ => isHeld());
        Assert.Contains("The private gateway of stage Production may have a new token that was not stored.", lab.Shell.Host.Text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        lab.Tenant.Faults = null;
        lab.Run(Rotate).ThrowOnError();
        Assert.Equal(Valid(lab), Kept(lab));
    }

    [Fact]
    public async Task One_secret_is_for_one_stage()
    {
        await using var lab = await StartAsync();
        lab.Run("Enable-OdcPrivateGateway QA -Wait | Out-Null").ThrowOnError();
        lab.Forget();
        var result = lab.Run("Update-OdcPrivateGatewayToken QA, Production -SecretName gw -Confirm:$false");
        Assert.Contains("one secret can't have two tokens", result.Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Single(lab.Changes);
        Assert.Equal(lab.Tenant.GatewayToken(lab.Tenant.Stages.Single(s => s.Name == "QA").Key), Kept(lab));
        lab.Run("[pscustomobject]@{ Stage = 'QA'; SecretName = 'gw-qa' }, [pscustomobject]@{ Stage = 'Production'; SecretName = 'gw-prod' } | Update-OdcPrivateGatewayToken -Confirm:$false").ThrowOnError();
        Assert.Equal(Valid(lab), Kept(lab, "gw-prod"));
        lab.Shell.Catch("Update-OdcPrivateGatewayToken Production -VaultName two -Confirm:$false").MustBe("OdcInvalidRequest");
    }

    [Fact]
    public async Task A_token_is_shown_nowhere()
    {
        await using var lab = await StartAsync();
        lab.Run("$token = Update-OdcPrivateGatewayToken Production -Confirm:$false -Verbose -Debug").ThrowOnError();
        lab.Run("$token | Out-Default; $token | Format-List * -Force | Out-Default; \"$token $($token.Token)\" | Out-Default; $token | ConvertTo-Json -Depth 5 | Out-Default; $token | ConvertTo-CliXml -Depth 5 | Out-Default; $token | ConvertTo-Csv | Out-Default").ThrowOnError();
        Assert.DoesNotContain(Valid(lab), lab.Shell.Host.Text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        lab.Run("Set-Secret -Name gw -Vault one -Secret $token.Token").ThrowOnError();
    }

    private static async Task<TenantLab> StartAsync()
    {
        var lab = await TenantLab.StartAsync();
        lab.Run(FakeVault.Install).ThrowOnError();
        lab.Run("Get-OdcPrivateGateway Production").ThrowOnError();
        lab.Forget();
        return lab;
    }

    private static Guid Production(TenantLab lab) => lab.Tenant.Stages.Single(s => s.Name == "Production").Key;

    private static string Valid(TenantLab lab) => lab.Tenant.GatewayToken(Production(lab));

    private static string Kept(TenantLab lab, string name = "gw") => lab.Run($"$global:Secrets['{name}'] | ConvertFrom-SecureString -AsPlainText").Single<string>();
}
