using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Binding;

/// <summary>What was piped by mistake is refused with what was meant; what was asked for is named by its name.</summary>
public sealed class OwnKindExampleTests
{
    [Theory]
    [InlineData("Get-OdcUser -Group (Get-OdcGroup -First 1) | Remove-OdcGroup -Confirm:$false", "Remove-OdcGroupUser")]
    [InlineData("Get-OdcEndUserRole -First 1 | Remove-OdcAsset -Confirm:$false", "Get-OdcAsset")]
    [InlineData("Get-OdcDeployment -First 1 | Remove-OdcAsset -Confirm:$false", "Get-OdcAsset")]
    [InlineData("Get-OdcAssetRevision Fleet -First 1 | Remove-OdcAsset -Confirm:$false", "one revision")]
    [InlineData("Get-OdcUser -HasOrganizationRole -First 1 | Get-OdcOrganizationRole | Remove-OdcOrganizationRole -Confirm:$false", "Revoke-OdcOrganizationRole")]
    [InlineData("Get-OdcUser -HasEndUserRole -First 1 | Get-OdcEndUserRole | Remove-OdcUser -Confirm:$false", "Revoke-OdcEndUserRole")]
    [InlineData("Get-OdcUser -HasEndUserRole -First 1 | Get-OdcEndUserRole | Disable-OdcUser", "Revoke-OdcEndUserRole")]
    [InlineData("Get-OdcStage QA | Set-OdcPortfolio -Name X", "Get-OdcPortfolio")]
    public async Task Another_kind_is_refused_with_what_was_meant(string line, string meant)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        Assert.NotEmpty(result.Errors);
        Assert.Equal("OdcInvalidRequest", result.ErrorId);
        Assert.Contains(meant, result.Error.Exception.Message + " " + result.Error.ErrorDetails?.RecommendedAction, StringComparison.Ordinal);
        Assert.NotNull(result.Error.TargetObject);
        Assert.Empty(lab.Changes);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ BuildKey = [guid]::NewGuid(); AssetKey = (Get-OdcAsset Fleet).AssetKey } | Remove-OdcAsset -Confirm:$false")]
    [InlineData("[pscustomobject]@{ UserKey = [guid]::NewGuid(); GroupKey = (Get-OdcGroup -First 1).GroupKey } | Remove-OdcGroup -Confirm:$false")]
    [InlineData("[pscustomobject]@{ UserKey = 'x'; GroupKey = (Get-OdcGroup -First 1).GroupKey; Key = 'x' } | Set-OdcGroup -Description x")]
    public async Task A_row_of_another_kind_is_refused(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Contains("a row of something else", lab.Run(line).Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Theory]
    [InlineData("Email")]
    [InlineData("User")]
    [InlineData("UserEmail")]
    [InlineData("UserKey")]
    public async Task A_column_names_a_user(string column)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run($"$user = Get-OdcUser -Status Active -First 1; [pscustomobject]@{{ {column} = $user.Email }} | Disable-OdcUser").ThrowOnError();
        Assert.Single(lab.Changes);
    }

    [Theory]
    [InlineData("Get-OdcUser -Status Active -First 1 | Disable-OdcUser -WhatIf", "user ", "@")]
    [InlineData("Get-OdcUser -HasEndUserRole -First 1 | Get-OdcEndUserRole | Revoke-OdcEndUserRole -WhatIf", "end-user role ", " of ")]
    [InlineData("Get-OdcUser -HasEndUserRole -First 1 | Get-OdcEndUserRole | Revoke-OdcEndUserRole -WhatIf", " from user ", "@")]
    [InlineData("(Get-OdcUser -First 1).UserKey | Disable-OdcUser -WhatIf", "user ", "@")]
    [InlineData("Get-OdcUser -First 1 | ForEach-Object { [pscustomobject]@{ UserKey = $_.UserKey } } | Remove-OdcUser -WhatIf", "user ", "@")]
    [InlineData("Get-OdcGroup 'Fleet Driver Team' -Stage QA | Remove-OdcGroup -WhatIf", "end-user group Fleet Driver Team", " in QA")]
    [InlineData("(Get-OdcGroup 'Fleet Driver Team' -Stage QA).GroupKey | Remove-OdcGroup -WhatIf", "end-user group Fleet Driver Team", " in QA")]
    [InlineData("(Get-OdcAsset Fleet).AssetKey | Remove-OdcAsset -WhatIf", "asset Fleet", "DELETE")]
    public async Task A_preview_names_what_is_changed(string line, string one, string other)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run(line).ThrowOnError();
        Assert.Contains(one, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains(other, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task One_unknown_name_of_several_is_one_error_typed_or_piped()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$email = (Get-OdcUser -Status Active -First 1).Email").ThrowOnError();
        foreach (var line in new[] { "Disable-OdcUser $email, nosuch@x.example", "$email, 'nosuch@x.example' | Disable-OdcUser" })
        {
            lab.Forget();
            var result = lab.Run(line);
            Assert.Null(result.Terminating);
            Assert.Equal("OdcNotFound", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
            Assert.Single(lab.Changes);
        }

        Assert.Empty(lab.Run("Get-OdcUser -User nosuch@x.example -ErrorAction SilentlyContinue").Output);
        Assert.Null(lab.Run("Get-OdcUser -User nosuch@x.example -ErrorAction SilentlyContinue").Terminating);
    }

    /// <summary>The name in a row need not be that of what is changed.</summary>
    [Fact]
    public async Task What_a_row_is_about_is_read_and_not_believed()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("[pscustomobject]@{ AssetKey = (Get-OdcAsset Fleet).AssetKey; Name = 'Something else' } | Remove-OdcAsset -WhatIf").ThrowOnError();
        Assert.Contains("asset Fleet ", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Something else", lab.Shell.Host.Text, StringComparison.Ordinal);
        var error = lab.Run("Get-OdcEndUserRole -First 1 | Select-Object AssetKey, Name | Remove-OdcAsset -Confirm:$false").Error;
        Assert.Contains("selected from an OdcEndUserRole", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task An_address_without_end_is_no_page_of_the_portal()
    {
        await using var lab = await TenantLab.StartAsync();
        var error = lab.Run("Disable-OdcUser ('https://127.0.0.1/users/' + 'a' * 300000)").Error;
        Assert.Equal(OdcErrorCause.InvalidRequest, Assert.IsType<OdcException>(error.Exception).Cause);
        Assert.InRange(error.ToString().Length, 1, 1000);
    }

    [Theory]
    [InlineData("Add-OdcGroupUser -Group $g -User $g", "not an OdcGroup")]
    [InlineData("Grant-OdcEndUserRole -EndUserRole $o -User $u", "not an OdcOrganizationRole")]
    [InlineData("Set-OdcUser $u -Active maybe", "neither yes nor no")]
    [InlineData("Invoke-OdcRestMethod /api/identity/v1/users -Query @{ status = $null }", "'status' has no value")]
    [InlineData("Invoke-OdcRestMethod /api/identity/v1/users -Query @{ status = @('Active', '') }", "'status' has no value")]
    [InlineData("Get-OdcUser -LastLoginTo 1447-07-25", "Gregorian")]
    [InlineData("Get-OdcUser -LastLoginTo ([datetime]::new(2569, 1, 2))", "Gregorian")]
    public async Task What_was_typed_wrong_says_what_is_wrong(string line, string said)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$u = Get-OdcUser -First 1; $g = Get-OdcGroup -First 1; $o = Get-OdcOrganizationRole -First 1").ThrowOnError();
        lab.Forget();
        var error = lab.Run(line).Error;
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("OdcInvalidRequest", error.FullyQualifiedErrorId + error, StringComparison.Ordinal);
        Assert.Empty(lab.Sent);
    }

    [Theory]
    [InlineData("Get-OdcUser nosuch")]
    [InlineData("Get-OdcUser 6f0b6d6c-2c53-4f9c-8a52-0d7f1f8f2f11")]
    [InlineData("Get-OdcGroup nosuch")]
    [InlineData("Get-OdcDeployedAsset 'Order Dsk' -Stage QA -Flat")]
    [InlineData("Get-OdcLibrary nosuch")]
    [InlineData("Get-OdcAsset nosuch")]
    [InlineData("Get-OdcAsset 6f0b6d6c-2c53-4f9c-8a52-0d7f1f8f2f11")]
    [InlineData("Find-OdcPublicElement nosuch")]
    [InlineData("Get-OdcStage nosuch")]
    [InlineData("'6f0b6d6c-2c53-4f9c-8a52-0d7f1f8f2f11' | Get-OdcStage")]
    public async Task A_named_thing_that_is_not_there_is_an_error(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        Assert.Empty(result.Output);
        Assert.Equal("OdcNotFound", result.ErrorId);
    }

    [Fact]
    public async Task Wildcards_find_users_by_name_or_e_mail()
    {
        await using var lab = await TenantLab.StartAsync();
        var user = lab.Run("Get-OdcUser -First 1").Single<OdcUser>();
        Assert.Contains(lab.Run($"Get-OdcUser '{user.Name![..3]}*'").All<OdcUser>(), u => u.UserKey == user.UserKey);
        Assert.Equal(user.UserKey, lab.Run($"Get-OdcUser -Email '{user.Email![..^1]}?'").Single<OdcUser>().UserKey);
        Assert.Empty(lab.Run("Get-OdcUser zzz*zzz").ThrowOnError().Output);
    }

    [Fact]
    public async Task A_group_is_found_by_name_in_a_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$user = Get-OdcUser -First 1; Add-OdcGroupUser 'Fleet Driver Team' $user -Stage QA").ThrowOnError();
        lab.Run("[pscustomobject]@{ Email = $user.Email; Group = 'Fleet Driver Team'; Stage = 'QA' } | Remove-OdcGroupUser -Confirm:$false").ThrowOnError();
        Assert.Equal(2, lab.Changes.Count);
        Assert.Equal(lab.Changes[0], lab.Changes[1]);
        lab.Run("Get-OdcUser -Group 'Fleet Driver Team' -Stage QA -First 1").ThrowOnError();
    }

    [Fact]
    public async Task A_result_of_an_import_keeps_the_columns_of_its_row_and_a_failed_row_is_one_error()
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("""
            [pscustomobject]@{ Email = 'new.one@acme.example'; Name = 'New One'; Group = 'Fleet Driver Team'; Stage = 'QA' },
            [pscustomobject]@{ Email = ''; Name = 'Nobody'; Group = 'Fleet Driver Team'; Stage = 'QA' } | Import-OdcUser -Wait | Add-OdcGroupUser
            """);
        Assert.Single(result.Errors);
        Assert.Contains(lab.Changes, c => c.StartsWith("PATCH /api/identity/v1/groups/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New-OdcUser")]
    [InlineData("Import-OdcUser")]
    [InlineData("Disable-OdcUser")]
    [InlineData("Add-OdcGroupUser -Group (Get-OdcGroup -First 1)")]
    public async Task A_file_with_another_delimiter_is_one_error_with_the_hint(string command)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("[pscustomobject]@{ 'Email;Name' = 'a@x.example;A' }, [pscustomobject]@{ 'Email;Name' = 'b@x.example;B' } | " + command);
        Assert.Equal(1, result.Errors.Count + (result.Terminating is null ? 0 : 1));
        Assert.Contains("-Delimiter ';'", result.Error.ErrorDetails.RecommendedAction + result.Error, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_new_user_of_a_row_is_inactive_where_the_row_says_so()
    {
        await using var lab = await TenantLab.StartAsync();
        foreach (var row in new[] { "Active = 'false'", "IsActive = 'no'", "Inactive = 'true'" })
            Assert.False(lab.Run($"[pscustomobject]@{{ Email = '{Guid.NewGuid():N}@x.example'; {row} }} | New-OdcUser").Single<OdcUser>().IsActive);
    }

    [Fact]
    public async Task Rows_change_users_and_objects_give_no_values()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$user = Get-OdcUser -First 1; [pscustomobject]@{ Email = $user.Email; Name = 'Renamed' } | Set-OdcUser").ThrowOnError();
        Assert.Equal("Renamed", lab.Run("Get-OdcUser -User $user.UserKey").Single<OdcUser>().Name);
        lab.Forget();
        Assert.True(lab.Run("$user | Set-OdcUser").HasError);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Names_are_one_in_both_spellings_of_Unicode()
    {
        Assert.SkipUnless("e\u0301".Normalize().Length == 1, "This host knows the invariant culture only, and does not compose accents.");
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcGroup 'Jos\u00e9' -Stage QA").ThrowOnError();
        lab.Run("Get-OdcGroup 'Jose\u0301'").Single<OdcGroup>();
        lab.Run("'Jose\u0301' | Get-OdcGroup").Single<OdcGroup>();
        lab.Run("Get-OdcGroup 'Jose\u0301*'").Single<OdcGroup>();
    }

    [Fact]
    public async Task A_URL_of_another_tenant_is_refused()
    {
        await using var lab = await TenantLab.StartAsync();
        var error = lab.Run("Disable-OdcUser https://other.outsystems.dev/users/6f0b6d6c-2c53-4f9c-8a52-0d7f1f8f2f11").Error;
        Assert.Contains("other.outsystems.dev", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent);
    }
}
