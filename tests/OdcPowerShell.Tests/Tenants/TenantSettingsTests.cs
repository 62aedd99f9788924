using OdcPowerShell.Tenants;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>The settings file of Test-OdcTenant: exceptions, severities, thresholds, and what is wrong in it.</summary>
public sealed class TenantSettingsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData("Øyvind Jensen", "", 0, "several users have this name: one@acme.example, two@acme.example. Use the e-mail")]
    [InlineData("one@acme.example", "", 1, null)]
    [InlineData("Øyvind*", "", 2, null)]
    [InlineData("Oyvind Jensen", "", 0, "The exception 'Oyvind Jensen' of the rule NeverSignedIn fits nothing")]
    [InlineData("one@acme.example", "QA", 0, "'one@acme.example' in the stage 'QA' of the rule NeverSignedIn fits nothing")]
    public async Task An_exception_is_for_the_user_who_is_meant(string subject, string stage, int excepted, string? warning)
    {
        await using var lab = await TenantLab.StartAsync(users: 3);
        var rules = new RuleLab(lab.Tenant, lab.Shell);
        rules.Users(User("one"), User("two"));
        var file = new { rules = new { NeverSignedIn = new { except = new object[] { stage.Length == 0 ? new { subject, reason = "New." } : new { subject, reason = "New.", stage } } } } };
        Save(System.Text.Json.JsonSerializer.Serialize(file));
        var result = Run(lab, "Test-OdcTenant NeverSignedIn -Settings $folder/rules.json");
        Assert.Equal(excepted, result.All<OdcTenantFinding>().Count(r => r.Result == "Excepted"));
        Assert.Equal(2, result.All<OdcTenantFinding>().Count);
        if (warning is null)
            Assert.Empty(result.Warnings);
        else
            Assert.Contains(warning, Assert.Single(result.Warnings), StringComparison.Ordinal);

        static object User(string name) => new { key = Guid.NewGuid(), name = "Øyvind Jensen", email = $"{name}@acme.example", status = "Active", access = new { hasOrganizationRoles = true, hasApplicationRoles = true } };
    }

    [Theory]
    [InlineData("QA", "Excepted")]
    [InlineData("Production", "Failed")]
    public async Task An_exception_can_be_for_one_stage(string stage, string result)
    {
        await using var lab = await TenantLab.StartAsync(users: 3);
        lab.Run("$null = New-OdcGroup Clerks -Stage QA").ThrowOnError();
        Save($"{{ \"rules\": {{ \"EmptyGroup\": {{ \"except\": [ {{ \"subject\": \"Clerks\", \"reason\": \"New.\", \"stage\": \"{stage}\" }} ] }} }} }}");
        Assert.Equal(result, Run(lab, "Test-OdcTenant EmptyGroup -Settings $folder/rules.json").All<OdcTenantFinding>().Single(r => r.Subject == "Clerks").Result);
    }

    [Fact]
    public async Task Settings_change_severities_and_thresholds_and_switch_rules_off()
    {
        await using var lab = await TenantLab.StartAsync(users: 12);
        new RuleLab(lab.Tenant, lab.Shell).Metric(score: 50, critical: 0);
        Save("""{ "rules": { "LowScore": { "severity": "Info", "MinimumScore": 40 }, "StaleAnalysis": { "enabled": false } } }""");
        var rows = Run(lab, "Test-OdcTenant LowScore, CriticalFinding, Stale* -Settings $folder/rules.json -IncludePassed").All<OdcTenantFinding>();
        Assert.Equal([("CriticalFinding", "Passed", "High"), ("LowScore", "Passed", "Info")], rows.Select(r => (r.Rule!, r.Result!, r.Severity!)));
        // What is typed comes before the file, and a rule that is named runs.
        rows = Run(lab, "Test-OdcTenant LowScore, StaleAnalysis -Settings $folder/rules.json -MinimumScore 60").All<OdcTenantFinding>();
        Assert.Contains(rows, r => r is { Rule: "LowScore", Result: "Failed" });
        Assert.Equal("CriticalFinding", Run(lab, "Test-OdcTenant LowScore, CriticalFinding -Severity High -Settings $folder/rules.json -IncludePassed").Single<OdcTenantFinding>().Rule);
        Assert.Contains("No rule is left", Run(lab, "Test-OdcTenant LowScore -Severity Low -Settings $folder/rules.json").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"rules\": {\n  \"LowScores\": { } } }", "line 2, position 3: There is no rule 'LowScores'")]
    [InlineData("{ \"rules\": { \"LowScore\": {\n\n    \"InactiveDays\": 5 } } }", "line 3, position 5: The rule LowScore has no 'InactiveDays'. It has MinimumScore, enabled, severity, except")]
    [InlineData("{ \"rule\": { } }", "line 1, position 3: A settings file has no 'rule'")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"MinimumScore\": 101 } } }", "MinimumScore is 101; it must be from 1 to 100")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"MinimumScore\": \"80\" } } }", "position 44: MinimumScore is a whole number")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"severity\": \"Higher\" } } }", "'Higher' is none of High, Medium, Low, Info")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"enabled\": \"no\" } } }", "enabled is true or false")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"except\": [ { \"subject\": \"a\" } ] } } }", "An exception needs a subject and a reason")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"except\": [ { \"subjects\": \"a\" } ] } } }", "An exception has no 'subjects'")]
    [InlineData("{ \"rules\": { \"LowScore\": { }, \"LowScore\": { } } }", "'LowScore' is there twice")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"MinimumScore\": 50,\n \"MinimumScore\": 60 } } }", "line 2, position 2: 'MinimumScore' is there twice")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"except\": [], \"except\": [] } } }", "'except' is there twice")]
    [InlineData("{ \"rules\": { \"LowScore\": { \"except\": [ { \"subject\": \"a\", \"subject\": \"b\", \"reason\": \"c\" } ] } } }", "'subject' is there twice")]
    [InlineData("{ \"rules\": { }, \"rules\": { } }", "'rules' is there twice")]
    [InlineData("{ \"rules\": [] }", "rules is an object")]
    [InlineData("{ \"rules\": { }\n ", "line 2, position 2: It is not JSON")]
    [InlineData("{ } {", "It is not JSON")]
    [InlineData("", "It is not JSON")]
    public void A_wrong_settings_file_is_an_error_with_its_place(string json, string message)
    {
        var wrong = Assert.Throws<OdcException>(() => RuleSettings.Read("rules.json", System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
        Assert.StartsWith("rules.json, line ", wrong.Message, StringComparison.Ordinal);
    }

    private void Save(string json)
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(_folder["rules.json"], json);
    }

    private Result Run(TenantLab lab, string line)
    {
        lab.Shell.Set("folder", _folder.Path);
        return lab.Run(line);
    }

    public void Dispose() => _folder.Dispose();
}
