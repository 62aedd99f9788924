using System.Management.Automation;
using System.Management.Automation.Language;
using OdcPowerShell.Tenants;
using OdcPowerShell.Tenants.Rules;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>Each rule finds what breaks it and nothing else, and passes nothing that it can't see.</summary>
public sealed class TestOdcTenantTests
{
    private const string ManageUsers = "User management > Manage users";

    /// <summary>Fixes that are not run here, with the reason.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["DomainWithoutCertificate"] = "looks up DNS records",
        ["ExpiringSecret"] = "asks for the new secret",
    };

    public static TheoryData<string> Rules => [.. TenantRules.All.Select(r => r.Id)];

    [Fact]
    public void There_are_more_than_twenty_rules_and_each_has_a_case_and_texts()
    {
        Assert.Equal(TenantRules.All.Select(r => r.Id).Order(StringComparer.Ordinal), RuleCases.All.Select(c => c.Rule).Order(StringComparer.Ordinal));
        Assert.InRange(TenantRules.All.Count, 20, 100);
        Assert.All(TenantRules.All, rule =>
        {
            Assert.Matches("^[A-Z][A-Za-z]{3,23}$", rule.Id);
            Assert.Contains(rule.Category, RuleWords.Categories);
            Assert.Contains(rule.Severity, RuleWords.Severities);
            Assert.All([rule.Title, rule.Reason, rule.Advice], text => Assert.InRange(text.Length, 10, 300));
            Assert.EndsWith(".", rule.Reason, StringComparison.Ordinal);
            Assert.EndsWith(".", rule.Advice, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_tenant_that_breaks_a_rule_is_found(string rule)
    {
        var found = Case(rule);
        await using var lab = await Lab.StartAsync(users: 12);
        using var shell = Shell.Connected(lab["acme"]);
        found.Break(new RuleLab(lab["acme"], shell));
        var rows = shell.Run($"Test-OdcTenant {rule}").ThrowOnError().All<OdcTenantFinding>();
        var failed = rows.Where(r => r.Result == "Failed").ToList();
        Assert.NotEmpty(failed);
        Assert.Contains(failed, r => r.Subject == found.Subject);
        Assert.DoesNotContain(rows, r => r.Result == "Passed");
        Assert.All(failed, r =>
        {
            Assert.Equal((rule, TenantRules.All.Single(t => t.Id == rule).Severity), (r.Rule, r.Severity));
            Assert.InRange(r.Message!.Length, 15, 500);
            Assert.NotEmpty(r.Advice!);
            Faults.None(WrongIn(r.Fix!, shell));
        });
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_tenant_that_keeps_a_rule_passes(string rule)
    {
        await using var lab = await Lab.StartAsync(users: 12);
        using var shell = Shell.Connected(lab["acme"]);
        Case(rule).Keep(new RuleLab(lab["acme"], shell));
        var row = shell.Run($"Test-OdcTenant {rule} -IncludePassed").ThrowOnError().Single<OdcTenantFinding>();
        Assert.Equal((rule, "Passed", ""), (row.Rule, row.Result, row.Subject));
        Assert.Empty(shell.Run($"Test-OdcTenant {rule} -ErrorOnFailure").ThrowOnError().Output);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_missing_permission_is_shown_and_never_passes(string rule)
    {
        var permission = Case(rule).Permission;
        Assert.SkipWhen(permission.Length == 0, "It asks no API.");
        await using var lab = await Lab.StartAsync(users: 12);
        var client = lab["acme"].Clients["admin"];
        client.Permissions = permission == "any permission" ? [] : [.. client.Permissions.Where(p => p != permission && (p != ManageUsers || !permission.StartsWith("User management > View", StringComparison.Ordinal)))];
        using var shell = Shell.Connected(lab["acme"]);
        var rows = shell.Run($"Test-OdcTenant {rule} -IncludePassed").ThrowOnError().All<OdcTenantFinding>();
        Assert.DoesNotContain(rows, r => r.Result == "Passed");
        var missing = rows.First(r => r.Result == "NotChecked" && r.Missing is not null);
        Assert.Contains(permission, missing.Missing!, StringComparison.Ordinal);
        Assert.Contains(permission == "any permission" ? "the API client has no permission at all" : missing.Missing!, missing.Message!, StringComparison.Ordinal);
        Assert.Contains(missing.Missing!, missing.Advice!, StringComparison.Ordinal);
        Assert.NotEmpty(missing.Subject!);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_fix_works_as_it_is_written(string rule)
    {
        Assert.SkipWhen(NotRun.ContainsKey(rule), NotRun.GetValueOrDefault(rule, ""));
        await using var lab = await Lab.StartAsync(users: 12);
        string fix;
        using (var shell = Shell.Connected(lab["acme"]))
        {
            Case(rule).Break(new RuleLab(lab["acme"], shell));
            fix = shell.Run($"Test-OdcTenant {rule}").ThrowOnError().All<OdcTenantFinding>().First(r => r.Subject == Case(rule).Subject && r.Result == "Failed").Fix!;
        }

        // The real objects: the names in the fix are theirs.
        if (rule is not ("StageNotReady" or "WeakIdentityProvider" or "DebugBuild"))
            lab["acme"].ClearAnswers();
        using var reader = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        reader.Run(Tried(fix, reader)).ThrowOnError();
        Assert.All(lab["acme"].Statistics.Requests.Where(r => r.Path.StartsWith("/api/", StringComparison.Ordinal)), r => Assert.True(r.Method is "GET" || r.Path.EndsWith("/search", StringComparison.Ordinal), $"{r.Method} {r.Path}"));
    }

    [Fact]
    public async Task A_command_of_another_connection_names_it()
    {
        await using var lab = await Lab.StartAsync(users: 12);
        using var shell = Shell.Connected(lab["acme"], parameters: "-Name \"it's\"");
        new RuleLab(lab["acme"], shell).Deployed(qa: 3, production: 4);
        var fix = shell.Run("Test-OdcTenant StageAhead -Connection \"it's\"").Single<OdcTenantFinding>().Fix!;
        Assert.Equal("Get-OdcDeployedAsset 'Order Desk' -Stage 'Production' -Flat -Connection 'it''s' | Start-OdcDeployment -Stage 'QA' -Connection 'it''s'", fix);
        Faults.None(WrongIn(fix, shell));
    }

    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\u2019b$(1)`n", "'a\u2019\u2019b$(1)`n'")]
    [InlineData("two\nlines", "'0f8f'")]
    [InlineData("", "'0f8f'")]
    [InlineData("[a]*|<b>", "'[a]*|<b>'")]
    public void A_name_is_one_argument(string name, string argument)
    {
        Assert.Equal(argument, RuleText.Argument(name, "0f8f"));
        var parsed = Parser.ParseInput("Get-Item " + argument, out _, out var errors);
        Assert.Empty(errors);
        Assert.Equal(argument == "'0f8f'" ? "0f8f" : name, ((StringConstantExpressionAst)((CommandAst)((PipelineAst)parsed.EndBlock.Statements[0]).PipelineElements[0]).CommandElements[1]).Value);
    }

    private static RuleCase Case(string rule) => RuleCases.All.Single(c => c.Rule == rule);

    // What changes something is tried with -WhatIf.
    private static string Tried(string fix, Shell shell)
    {
        // What a fix asks for.
        fix = fix.Replace("(Read-Host 'Addresses, with commas between')", "'203.0.113.0/24, 2001:db8::/48'", StringComparison.Ordinal);
        var script = Parser.ParseInput(fix, out _, out _);
        foreach (var call in script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Reverse())
        {
            if (shell.Run($"(Get-Command {call.GetCommandName()}).Parameters.ContainsKey('WhatIf')").Single<bool>() && call.GetCommandName().Contains("-Odc", StringComparison.Ordinal))
                fix = fix.Insert(call.Extent.EndOffset, " -WhatIf");
        }

        return fix;
    }

    private static IEnumerable<string> WrongIn(string fix, Shell shell)
    {
        var script = Parser.ParseInput(fix, out _, out var errors);
        foreach (var error in errors)
            yield return $"{fix}: {error.Message}";
        foreach (var call in script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            var command = shell.Run($"Get-Command {call.GetCommandName()}").Output.Select(o => o.BaseObject).OfType<CommandInfo>().FirstOrDefault();
            if (command is null)
                yield return $"{fix}: there is no {call.GetCommandName()}";
            foreach (var parameter in call.CommandElements.OfType<CommandParameterAst>().Where(p => command?.Parameters.ContainsKey(p.ParameterName) == false))
                yield return $"{fix}: there is no -{parameter.ParameterName}";
        }
    }
}
