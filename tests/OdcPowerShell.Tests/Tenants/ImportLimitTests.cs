using System.Text.RegularExpressions;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>Files that a person edits: limits of permissions, settings that are not there, and what an import can't do.</summary>
public sealed class ImportLimitTests
{
    [Fact]
    public async Task An_empty_list_of_stages_is_a_fault_and_one_that_is_gone_is_asked_for()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = Export(lab, "$null = New-OdcOrganizationRole 'QA Deployers' -Permission 'Deploy assets' -Stage QA", "-Kind OrganizationRole");
        const string File = "organization-roles/QA Deployers.json";
        folder.Edit(File, text => Regex.Replace(text, "\"stages\": [[][^]]*[]]", "\"stages\": []"));
        var wrong = lab.Run("Import-OdcTenant $folder -Confirm:$false");
        Assert.Matches(Regex.Escape(File) + ":[0-9]+: \"stages\" is empty. Leave it out for all stages, or name those that are meant.", wrong.Error.ToString());

        folder.Edit(File, text => Regex.Replace(text, ",\\s*\"stages\": [[][]]", ""));
        var row = lab.Run("Import-OdcTenant $folder -WhatIf").ThrowOnError().Single<OdcTenantChange>();
        Assert.Equal("permissions[Release management > Deploy assets] 'stages QA, all portfolios' becomes 'all stages, all portfolios'", row.Details);
        Assert.Empty(lab.Changes);
        lab.Shell.Host.Choice = 2;
        var asked = lab.Run("Import-OdcTenant $folder");
        Assert.Contains("It removes a limit, so that this is for all stages: 1: permissions[Release management > Deploy assets] of organization role QA Deployers.", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(asked.Output);
        Assert.Empty(lab.Changes);
    }

    [Theory]
    [InlineData("\"CreditLimit\": \"abc\"", "settings/Claims.json:[0-9]+: 'abc' is not a value")]
    [InlineData("\"CreditLmit\": \"5\"", "settings/Claims.json:[0-9]+: .*CreditLmit.* -SkipMissing leaves such settings out")]
    public async Task A_setting_that_can_not_be_set_is_a_fault_before_anything_is_sent(string setting, string fault)
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = Export(lab, "", "-Kind AssetSettings");
        folder.Edit("stages/QA/settings/Claims.json", text => Regex.Replace(text, "\"CreditLimit\": \"[^\"]*\"", setting));
        folder.Edit("stages/QA/settings/Order Desk.json", text => Regex.Replace(text, "\"MaxOrderLines\": \"[^\"]*\"", "\"MaxOrderLines\": \"101\""));
        Assert.Matches(fault, lab.Run("Import-OdcTenant $folder -Confirm:$false").Error.ToString());
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_setting_that_is_not_there_can_be_left_out_and_be_an_error_in_a_job()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = Export(lab, "", "-Kind AssetSettings");
        folder.Edit("stages/QA/settings/Claims.json", text => text.Replace("\"CreditLimit\"", "\"CreditLmit\"", StringComparison.Ordinal));
        var usual = lab.Run("Import-OdcTenant $folder -SkipMissing -Confirm:$false").ThrowOnError();
        Assert.Equal(("Skip", "NotDone"), Assert.Single(usual.All<OdcTenantChange>().Select(r => (r.Action, r.Result))));
        Assert.Contains(usual.Warnings, w => w.StartsWith("1 thing is left as it is", StringComparison.Ordinal));
        var job = lab.Run("Import-OdcTenant $folder -SkipMissing -ErrorOnSkip -Confirm:$false");
        job.Error.MustBe("OdcOperationFailed");
        Assert.DoesNotContain(job.Warnings, w => w.Contains("left as it is", StringComparison.Ordinal));
    }

    private static TestFolder Export(TenantLab lab, string before, string parameters)
    {
        var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run($"{before}; Export-OdcTenant $folder {parameters}").ThrowOnError();
        lab.Forget();
        return folder;
    }
}
