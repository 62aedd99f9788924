using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>Adding, choosing and removing built-in domains of stages.</summary>
public sealed class BuiltInDomainChangeTests
{
    private const string Base = "/api/environment-configurations/v1/environments/";

    [Fact]
    public async Task A_domain_is_added_made_primary_and_the_old_one_removed()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Empty(lab.Run("New-OdcBuiltInDomain Acme-Check -Stage QA").ThrowOnError().Output);
        var added = lab.Run("New-OdcBuiltInDomain acme-two.outsystems.app, acme-three QA -PassThru").All<OdcBuiltInDomain>();
        Assert.Equal(["acme-two.outsystems.app False QA", "acme-three.outsystems.app False QA"], added.Select(d => $"{d.Domain} {d.IsPrimary} {d.StageName}"));
        Assert.Single(lab.Sent, s => s.StartsWith("GET ", StringComparison.Ordinal) && s.EndsWith("/builtin-domains", StringComparison.Ordinal));

        var primary = lab.Run("Set-OdcBuiltInDomain acme-two -Primary -Stage QA -PassThru -Confirm:$false").Single<OdcBuiltInDomain>();
        Assert.Equal(("acme-two", true), (primary.Prefix, primary.IsPrimary));
        // The list of stages has the new one at once, and the old one is additional.
        Assert.Equal("acme-two.outsystems.app", lab.Run("(Get-OdcStage QA).BuiltinDomain").Single<string>());
        Assert.Equal("False", lab.Run("\"$((Get-OdcBuiltInDomain QA | Where-Object Prefix -eq acme-tst).IsPrimary)\"").Single<string>());

        lab.Run("Set-OdcDefaultDomain QA acme-two.outsystems.app").ThrowOnError();
        lab.Forget();
        lab.Run("Get-OdcBuiltInDomain QA | Where-Object IsPrimary -eq $false | Remove-OdcBuiltInDomain -Confirm:$false").ThrowOnError();
        Assert.Equal(3, lab.Changes.Count);
        Assert.Single(lab.Sent, s => s.StartsWith("GET ", StringComparison.Ordinal) && s.EndsWith("/builtin-domains", StringComparison.Ordinal));
        Assert.Equal(["acme-two"], lab.Run("(Get-OdcBuiltInDomain QA).Prefix").All<string>());
        Assert.True(lab.Run("(Test-OdcBuiltInDomain acme-tst -Stage Production).IsAvailable").Single<bool>());
    }

    [Fact]
    public async Task One_primary_domain_takes_one_list_and_several_removals_one_list()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$stage = Get-OdcStage QA; New-OdcBuiltInDomain acme-a, acme-b -Stage QA").ThrowOnError();
        lab.Forget();
        lab.Run("Set-OdcBuiltInDomain acme-a -Primary -Stage QA -Confirm:$false").ThrowOnError();
        Assert.Equal([$"GET {Base}{lab.Tenant.Stages[1].Key}/builtin-domains", $"PATCH {Base}{lab.Tenant.Stages[1].Key}/builtin-domains/acme-a"], lab.Sent);
        lab.Run("Set-OdcBuiltInDomain acme-tst -Primary -Stage QA -Confirm:$false").ThrowOnError();
        lab.Forget();
        lab.Run("'acme-a', 'acme-b' | Remove-OdcBuiltInDomain -Stage QA -Confirm:$false").ThrowOnError();
        Assert.Equal(3, lab.Sent.Count(s => s.Contains(Base, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_taken_prefix_is_the_service_s_error_with_the_next_step()
    {
        await using var lab = await TenantLab.StartAsync();
        foreach (var (line, next) in new[] { ("New-OdcBuiltInDomain globex -Stage QA", "Test-OdcBuiltInDomain globex -Stage 'QA'"), ("New-OdcBuiltInDomain globex -Organization", "Test-OdcBuiltInDomain globex -Organization") })
        {
            var error = Assert.Single(lab.Run(line).Errors).MustBe("OdcInvalidRequest");
            Assert.Contains("already in use", error.ToString(), StringComparison.Ordinal);
            Assert.Contains(next, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_prefix_that_is_not_there_is_not_made_primary_and_the_error_has_the_command()
    {
        await using var lab = await TenantLab.StartAsync();
        var error = Assert.Single(lab.Run("$null = Get-OdcBuiltInDomain QA; Set-OdcBuiltInDomain acme-new -Primary -Stage QA -Confirm:$false").Errors).MustBe("OdcNotFound");
        Assert.Contains("There is no built-in domain 'acme-new' of stage QA", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Its built-in domains: acme-tst.outsystems.app. To add one: New-OdcBuiltInDomain acme-new -Stage 'QA'.", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        // The list was kept, so that it was read again.
        Assert.Equal(2, lab.Sent.Count(s => s.EndsWith("/builtin-domains", StringComparison.Ordinal)));
        var organization = Assert.Single(lab.Run("Set-OdcBuiltInDomain acme-new -Organization -Primary -WhatIf").Errors).MustBe("OdcNotFound");
        Assert.Contains("Create it first: New-OdcBuiltInDomain acme-new -Organization. This command, also with -WhatIf, then warns about the old address.", organization.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task What_is_available_is_piped_to_New()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("'globex', 'acme-x' | Test-OdcBuiltInDomain -Stage QA | Where-Object IsAvailable | New-OdcBuiltInDomain").ThrowOnError();
        Assert.Equal(["acme-tst", "acme-x"], lab.Run("(Get-OdcBuiltInDomain QA).Prefix").All<string>());
        lab.Run("@('Prefix,Stage', 'acme-y,QA', 'acme-z,Production') | ConvertFrom-Csv | New-OdcBuiltInDomain").ThrowOnError();
        Assert.Equal(["acme", "acme-z"], lab.Run("(Get-OdcBuiltInDomain Production).Prefix").All<string>());
    }

    [Fact]
    public async Task The_primary_one_is_not_removed_and_the_error_has_the_command()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcBuiltInDomain acme-b -Stage QA").ThrowOnError();
        lab.Forget();
        var error = Assert.Single(lab.Run("Remove-OdcBuiltInDomain acme-tst.outsystems.app -Stage QA -Confirm:$false").Errors).MustBe("OdcInvalidRequest");
        Assert.Contains("acme-tst.outsystems.app is the primary built-in domain of stage QA", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Set-OdcBuiltInDomain acme-b -Primary -Stage 'QA'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        // A list that is kept may be out of date: here another client made another one the primary one.
        lab.Run("$null = Get-OdcBuiltInDomain QA").ThrowOnError();
        using var other = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", lab.Run("Get-OdcAccessToken -AsPlainText").Single<string>()) } };
        using var answer = await other.PatchAsync(new Uri(lab.Tenant.Url, $"{Base}{lab.Tenant.Stages[1].Key}/builtin-domains/acme-b"), content: null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        lab.Run("Set-OdcDefaultDomain QA acme-b.outsystems.app; $null = Get-OdcBuiltInDomain QA; Remove-OdcBuiltInDomain acme-tst -Stage QA -Confirm:$false").ThrowOnError();
        Assert.Equal(["acme-b"], lab.Run("(Get-OdcBuiltInDomain QA -Refresh).Prefix").All<string>());
    }

    [Theory]
    [InlineData("New-OdcBuiltInDomain acme-x", "OdcInvalidRequest")]
    [InlineData("New-OdcBuiltInDomain acme-x -Organization:$false", "OdcInvalidRequest")]
    [InlineData("New-OdcBuiltInDomain acme-x -Stage QA -Organization", "AmbiguousParameterSet")]
    [InlineData("New-OdcBuiltInDomain acme-x Nowhere", "OdcNotFound")]
    [InlineData("New-OdcBuiltInDomain '' QA", "OdcInvalidRequest")]
    [InlineData("New-OdcBuiltInDomain münchen QA", "OdcInvalidRequest")]
    [InlineData("New-OdcBuiltInDomain shop.acme.example QA", "OdcInvalidRequest")]
    [InlineData("New-OdcBuiltInDomain https://acme-x.outsystems.app QA", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | New-OdcBuiltInDomain", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | New-OdcBuiltInDomain -Organization", "OdcInvalidRequest")]
    [InlineData("[pscustomobject]@{ Prefix = 'acme-x' } | New-OdcBuiltInDomain", "OdcInvalidRequest")]
    [InlineData("Set-OdcBuiltInDomain acme-tst -Primary", "OdcInvalidRequest")]
    [InlineData("Set-OdcBuiltInDomain acme-tst -Primary:$false -Stage QA", "OdcInvalidRequest")]
    [InlineData("Set-OdcBuiltInDomain acme-nothing -Primary -Stage QA -WhatIf", "OdcNotFound")]
    [InlineData("Get-OdcBuiltInDomain -Organization | ConvertTo-Csv | ConvertFrom-Csv | Set-OdcBuiltInDomain -Primary -Stage QA -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain QA | Select-Object * | ForEach-Object { $_.StageName = 'Production'; $_ } | Set-OdcBuiltInDomain -Primary -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Set-OdcBuiltInDomain acme-tst, acme-dev -Primary -Stage QA -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Set-OdcBuiltInDomain acme-tst -Primary -Stage QA -UpdateCredential -Confirm:$false", "AmbiguousParameterSet")]
    [InlineData("Get-OdcBuiltInDomain QA | Set-OdcBuiltInDomain -Primary -Stage Production -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain QA | Set-OdcBuiltInDomain -Primary -Organization -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain -Organization | Set-OdcBuiltInDomain -Primary -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain -Organization | Set-OdcBuiltInDomain -Primary -Stage QA -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Set-OdcBuiltInDomain -Primary -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Remove-OdcBuiltInDomain acme-tst -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Remove-OdcBuiltInDomain acme-nothing -Stage QA -Confirm:$false", "OdcNotFound")]
    [InlineData("Remove-OdcBuiltInDomain acme-tst -Stage Nowhere -Confirm:$false", "OdcNotFound")]
    [InlineData("Get-OdcBuiltInDomain -Organization | Remove-OdcBuiltInDomain -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain QA | Remove-OdcBuiltInDomain -Organization -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Remove-OdcBuiltInDomain -Confirm:$false", "OdcInvalidRequest")]
    [InlineData("Test-OdcBuiltInDomain acme-x -Stage QA | Remove-OdcBuiltInDomain -Confirm:$false", "OdcInvalidRequest")]
    public async Task What_is_wrong_changes_nothing(string line, string error)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        Assert.Equal((error, result.Error.ToString()), (result.ErrorId, result.Error.ToString()));
        if (error.StartsWith("Odc", StringComparison.Ordinal))
            result.Error.MustBe(error);
        Assert.DoesNotContain(lab.Changes, c => !c.EndsWith("/availability", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_object_of_another_tenant_changes_nothing()
    {
        await using var emulator = await Lab.StartAsync(hasGlobex: true);
        using var shell = Shell.Connected(emulator["acme"], parameters: "-Name acme");
        shell.Connect(emulator["globex"], parameters: "-Name globex").ThrowOnError();
        foreach (var command in new[] { "Remove-OdcBuiltInDomain -Confirm:$false", "Set-OdcBuiltInDomain -Primary -Confirm:$false", "Set-OdcDefaultDomain" })
            Assert.Single(shell.Run($"Get-OdcBuiltInDomain QA -Connection globex | {command} -Connection acme").Errors).MustBe("OdcNotFound");
        Assert.Single(shell.Run("Get-OdcBuiltInDomain -Organization -Connection globex | Remove-OdcBuiltInDomain -Organization -Connection acme -Confirm:$false").Errors).MustBe("OdcNotFound");
        // What one tenant adds, the other can't.
        shell.Run("New-OdcBuiltInDomain both -Stage QA -Connection globex").ThrowOnError();
        Assert.False(shell.Run("(Test-OdcBuiltInDomain both -Stage QA -Connection acme).IsAvailable").Single<bool>());
    }

    [Fact]
    public async Task WhatIf_names_stage_and_domain_and_the_question_too()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcBuiltInDomain acme-b -Stage QA").ThrowOnError();
        lab.Forget();
        lab.Run("""
            New-OdcBuiltInDomain acme-c -Stage QA -WhatIf
            Set-OdcBuiltInDomain acme-b -Primary -Stage QA -WhatIf
            Remove-OdcBuiltInDomain acme-b -Stage QA -WhatIf
            """).ThrowOnError();
        Assert.Empty(lab.Changes);
        foreach (var text in new[] { "new built-in domain acme-c.outsystems.app of stage QA (POST ", "primary built-in domain acme-b.outsystems.app of stage QA, instead of acme-tst.outsystems.app (PATCH ", "built-in domain acme-b.outsystems.app of stage QA, which answers 404 from then on (DELETE " })
            Assert.Contains(text, lab.Shell.Host.Text, StringComparison.Ordinal);
        lab.Shell.Host.Choice = 2;
        lab.Run("Set-OdcBuiltInDomain acme-b -Primary -Stage QA; Remove-OdcBuiltInDomain acme-b -Stage QA").ThrowOnError();
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Permissions_are_those_of_the_stage_and_a_list_that_is_denied_is_not_needed()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcBuiltInDomain acme-b -Stage QA").ThrowOnError();
        lab.Tenant.Clients["admin"].SetPermissions(lab.Tenant.Stages[1].Key, "Stage > View stage", "Configuration management > Manage domains");
        lab.Run("Remove-OdcBuiltInDomain acme-b -Stage QA -Confirm:$false").ThrowOnError();
        Assert.Contains("primary", Assert.Single(lab.Run("Remove-OdcBuiltInDomain acme-tst -Stage QA -Confirm:$false").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        lab.Tenant.Clients["admin"].SetPermissions(lab.Tenant.Stages[1].Key, "Configuration management > View configurations");
        Assert.Contains("Manage domains", Assert.Single(lab.Run("New-OdcBuiltInDomain acme-c -Stage QA").Errors).MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_of_a_file_or_a_job_are_the_same()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcBuiltInDomain acme-a, acme-b, acme-c -Stage QA; $all = Get-OdcBuiltInDomain QA").ThrowOnError();
        lab.Run("""
            $all | Where-Object Prefix -eq acme-a | ConvertTo-Csv | ConvertFrom-Csv | Remove-OdcBuiltInDomain -Confirm:$false
            [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(($all | Where-Object Prefix -eq acme-b))) | Remove-OdcBuiltInDomain -Confirm:$false
            $all | Where-Object Prefix -eq acme-c | Select-Object * | Remove-OdcBuiltInDomain -Confirm:$false
            """).ThrowOnError();
        Assert.Equal(["acme-tst"], lab.Run("(Get-OdcBuiltInDomain QA).Prefix").All<string>());
        Assert.Equal("acme-tst.outsystems.app", lab.Run("Get-OdcStage QA").Single<OdcStage>().BuiltinDomain);
    }
}
