using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>Reading built-in domains, and checking prefixes.</summary>
public sealed class BuiltInDomainTests
{
    private const string OrganizationList = "GET /api/organization/v1/builtin-domains";

    [Fact]
    public async Task Each_stage_takes_one_request_and_none_again_until_something_changes()
    {
        await using var lab = await TenantLab.StartAsync();
        const string Line = "Get-OdcStage | Get-OdcBuiltInDomain";
        var domains = lab.Run(Line).All<OdcBuiltInDomain>();
        Assert.Equal(["acme-dev acme-dev.outsystems.app Development", "acme-tst acme-tst.outsystems.app QA", "acme acme.outsystems.app Production"], domains.Select(d => $"{d.Prefix} {d.Domain} {d.StageName}"));
        Assert.All(domains, d => Assert.True(d.IsPrimary == true && lab.Tenant.Stages.Any(s => s.Key.ToString() == d.StageKey)));
        Assert.Equal(4, lab.Sent.Count);

        lab.Forget();
        Assert.Equal(3, lab.Run(Line).All<OdcBuiltInDomain>().Count);
        Assert.DoesNotContain(lab.Sent, IsList);

        lab.Run("New-OdcBuiltInDomain acme-check -Stage QA").ThrowOnError();
        lab.Forget();
        Assert.Equal(4, lab.Run(Line).All<OdcBuiltInDomain>().Count);
        Assert.Equal($"GET /api/environment-configurations/v1/environments/{lab.Tenant.Stages[1].Key}/builtin-domains", Assert.Single(lab.Sent, IsList));

        lab.Forget();
        Assert.Equal(4, lab.Run("Get-OdcStage | Get-OdcBuiltInDomain -Refresh").All<OdcBuiltInDomain>().Count);
        Assert.Equal(3, lab.Sent.Count(IsList));
    }

    [Fact]
    public async Task The_organization_is_read_only_when_it_is_named()
    {
        await using var lab = await TenantLab.StartAsync(client: "auditor");
        var domain = lab.Run("Get-OdcBuiltInDomain -Organization").Single<OdcBuiltInDomain>();
        Assert.Equal(("acme", "acme.outsystems.dev", true, null, null), (domain.Prefix, domain.Domain, domain.IsPrimary, domain.StageKey, domain.StageName));
        Assert.Equal([OrganizationList], lab.Sent);
        Assert.Contains("View configurations", Assert.Single(lab.Run("Get-OdcBuiltInDomain QA").Errors).MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OdcBuiltInDomain", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain -Organization:$false", "OdcInvalidRequest")]
    [InlineData("Get-OdcBuiltInDomain QA -Organization", "PositionalParameterNotFound")]
    [InlineData("Get-OdcBuiltInDomain -Stage QA -Organization:$false", "AmbiguousParameterSet")]
    [InlineData("Get-OdcBuiltInDomain Nowhere", "OdcNotFound")]
    [InlineData("Get-OdcBuiltInDomain ''", "OdcInvalidRequest")]
    [InlineData("$null | Get-OdcBuiltInDomain", "OdcInvalidRequest")]
    [InlineData("Get-OdcUser -First 1 | Get-OdcBuiltInDomain", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Get-OdcBuiltInDomain -Organization", "InputObjectNotBound")]
    [InlineData("Test-OdcBuiltInDomain acme-x", "OdcInvalidRequest")]
    [InlineData("'acme-x' | Test-OdcBuiltInDomain", "OdcInvalidRequest")]
    [InlineData("Test-OdcBuiltInDomain acme-x -Organization:$false", "OdcInvalidRequest")]
    [InlineData("Test-OdcBuiltInDomain acme-x -Stage QA -Organization", "AmbiguousParameterSet")]
    [InlineData("Test-OdcBuiltInDomain acme-x Nowhere", "OdcNotFound")]
    [InlineData("Test-OdcBuiltInDomain '' QA", "OdcInvalidRequest")]
    [InlineData("Test-OdcBuiltInDomain 'a b' QA", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Test-OdcBuiltInDomain -Stage QA", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Test-OdcBuiltInDomain", "OdcInvalidRequest")]
    public async Task A_mistake_is_found_before_anything_is_asked(string line, string error)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        Assert.Empty(result.Output);
        Assert.Equal(error, result.ErrorId);
        if (error == "OdcInvalidRequest")
            result.Error.MustBe(error);
        Assert.DoesNotContain(lab.Sent, s => s.Contains("builtin-domains", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_stage_the_error_says_both()
    {
        await using var lab = await TenantLab.StartAsync();
        var action = lab.Run("Get-OdcBuiltInDomain").Error.ErrorDetails.RecommendedAction;
        Assert.Contains("-Stage", action, StringComparison.Ordinal);
        Assert.Contains("-Organization", action, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_the_service_cuts_is_a_warning_and_is_not_asked_for_twice()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Answer("/api/organization/v1/builtin-domains", new CannedAnswer(200, "application/json", """
            { "page": { "count": 1, "limit": 1, "offset": 0, "nextPageOffset": 1, "totalResults": 2, "totalPages": 2 }, "results": [{ "builtinDomainPrefix": "a", "builtinOsDomain": "a.outsystems.dev", "isPrimary": true, "later": 7 }] }
            """));
        var result = lab.Run("Get-OdcBuiltInDomain -Organization").ThrowOnError();
        Assert.Equal(7, Convert.ToInt32(Assert.Single(result.Output).Properties["later"].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("is not complete", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal([OrganizationList], lab.Sent);
    }

    [Fact]
    public async Task Availability_is_one_object_for_each_prefix()
    {
        await using var lab = await TenantLab.StartAsync();
        var rows = lab.Run("'Acme-Check', 'acme-dev', 'globex' | Test-OdcBuiltInDomain -Stage QA").All<OdcBuiltInDomainAvailability>();
        Assert.Equal(["acme-check True QA", "acme-dev False QA", "globex False QA"], rows.Select(r => $"{r.Prefix} {r.IsAvailable} {r.StageName}"));
        Assert.Equal(("acme-check.outsystems.app", null, "The subdomain is already in use."), (rows[0].Domain, rows[0].Message, rows[1].Message));
        var ofOrganization = lab.Run("Test-OdcBuiltInDomain acme-dev, globex -Organization").All<OdcBuiltInDomainAvailability>();
        Assert.Equal(["acme-dev True ", "globex False "], ofOrganization.Select(r => $"{r.Prefix} {r.IsAvailable} {r.StageKey}"));
        Assert.Equal(5, lab.Changes.Count(s => s.EndsWith("/availability", StringComparison.Ordinal)));
        // A check changes nothing, so that lists are still used again.
        lab.Run("Get-OdcBuiltInDomain -Organization; Test-OdcBuiltInDomain acme-x -Organization; Get-OdcBuiltInDomain -Organization").ThrowOnError();
        Assert.Single(lab.Sent, s => s == OrganizationList);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("text/html", "<html>Page not found</html>")]
    public async Task An_address_that_answers_404_to_everything_may_be_an_old_one(string type, string body)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Answer($"/api/environment-configurations/v1/environments/{lab.Tenant.Stages[1].Key}/builtin-domains", new CannedAnswer(404, type, body));
        Assert.Matches("[Hh]as the organization's domain changed", Assert.Single(lab.Run("Get-OdcBuiltInDomain QA").Errors).ErrorDetails.RecommendedAction);
        lab.Tenant.Answer("/identity/.well-known/openid-configuration", new CannedAnswer(404, type, body));
        Assert.Contains("Has the organization's domain changed?", lab.Shell.Catch("Connect-Odc $tenant -Credential $credential -Name again").MustBe("OdcTenantNotFound").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ACME-1", "acme-1")]
    [InlineData("acme-1.outsystems.app", "acme-1")]
    [InlineData("Acme-1.OutSystems.App", "acme-1")]
    [InlineData("xn--mnchen-3ya", "xn--mnchen-3ya")]
    [InlineData("a", "a")]
    [InlineData("münchen", null, "'ü'")]
    [InlineData("acme_1", null, "'_'")]
    [InlineData("acme*", null, "'*'")]
    [InlineData("a b", null, "' '")]
    [InlineData("a\u0000", null, "U+0000")]
    [InlineData("😀", null, "U+D83D")]
    [InlineData("-acme", null, "hyphen")]
    [InlineData("acme-", null, "hyphen")]
    [InlineData("shop.acme.example", null, ".outsystems.app")]
    [InlineData("a.b.outsystems.app", null, "whole domain")]
    [InlineData(".outsystems.app", null, "is empty")]
    [InlineData("acme.", null, "whole domain")]
    [InlineData("https://acme.outsystems.app", null, "':'")]
    public void A_prefix_is_one_label(string text, string? prefix, string message = "")
    {
        var scope = new BuiltInDomainScope("key", "QA");
        if (prefix is not null)
        {
            Assert.Equal(prefix, BuiltInPrefix.Of(text, ".outsystems.app", scope));
            return;
        }

        var error = Assert.Throws<OdcException>(() => BuiltInPrefix.Of(text, ".outsystems.app", scope));
        Assert.Equal(OdcErrorCause.InvalidRequest, error.Cause);
        Assert.Contains(message, error.Message + error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_has_63_characters_at_most()
    {
        var scope = new BuiltInDomainScope();
        Assert.Equal(63, BuiltInPrefix.Of(new string('a', 63), suffix: null, scope).Length);
        Assert.Contains("64 characters", Assert.Throws<OdcException>(() => BuiltInPrefix.Of(new string('a', 64), suffix: null, scope)).Message, StringComparison.Ordinal);
        Assert.Contains("such as a", Assert.Throws<OdcException>(() => BuiltInPrefix.Of("a.b", suffix: null, scope)).RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tab_offers_the_prefixes_of_the_stage_or_the_organization()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$null = Get-OdcBuiltInDomain QA").ThrowOnError();
        lab.Forget();
        Assert.Equal(["acme-tst"], lab.Run("(TabExpansion2 'Remove-OdcBuiltInDomain -Stage QA -Prefix a').CompletionMatches.CompletionText").All<string>());
        Assert.Equal(["acme"], lab.Run("(TabExpansion2 'Set-OdcBuiltInDomain -Primary -Organization -Prefix a').CompletionMatches.CompletionText").All<string>());
        Assert.Equal(["QA"], lab.Run("(TabExpansion2 'Get-OdcBuiltInDomain -Stage q').CompletionMatches.CompletionText").All<string>());
        // The list of the stage is used again.
        Assert.Equal([OrganizationList], lab.Sent);
    }

    [Fact]
    public async Task The_tables_fit_80_columns()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Shell.Host.Width = 80;
        lab.Run("Get-OdcStage | Get-OdcBuiltInDomain | Out-Default; Test-OdcBuiltInDomain acme-dev -Stage QA | Out-Default; Get-OdcDefaultDomain QA | Out-Default").ThrowOnError();
        Assert.All(lab.Shell.Host.Text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        foreach (var shown in new[] { "acme-tst.outsystems.app", "Production", "The subdomain", "DefaultDomain" })
            Assert.Contains(shown, lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    private static bool IsList(string sent) => sent.EndsWith("/builtin-domains", StringComparison.Ordinal) && sent.StartsWith("GET ", StringComparison.Ordinal);
}
