using System.Net;
using Microsoft.Extensions.Time.Testing;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Core.Tests.EnvironmentConfigurations;

/// <summary>What look-ups of names mean for the DNS records of a domain.</summary>
public sealed class DomainChecksTests
{
    private const string Host = "apps.acme.com";
    private const string Target = "acme.outsystems.app";
    private const string Proof = "_proof.apps.acme.com.";
    private const string Value = "_value.validations.example.";
    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<string, ResolvedName> _names = new(StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("edge.example 1.1.1.1", "edge.example 2.2.2.2", "Passed", "An alias that leads to edge.example (1.1.1.1).")]
    [InlineData("acme.outsystems.app. 1.1.1.1", "acme.outsystems.app 2.2.2.2", "Passed", "An alias that leads to acme.outsystems.app (1.1.1.1).")]
    [InlineData("acme.outsystems.app 1.1.1.1", null, "Passed", "An alias")]
    [InlineData("apps.acme.com 1.1.1.1", "acme.outsystems.app 1.1.1.1", "Warning", "can't be seen here")]
    [InlineData("apps.acme.com ::1", "acme.outsystems.app ::1", "Warning", "the same addresses as the target")]
    [InlineData("other.example 1.1.1.1", "edge.example 1.1.1.1", "Warning", "the same addresses as the target")]
    [InlineData("other.example 1.1.1.1", "edge.example 2.2.2.2", "Failed", "leads to other.example (1.1.1.1), and not to the target")]
    [InlineData("apps.acme.com 1.1.1.1", "acme.outsystems.app 2.2.2.2", "Failed", "other addresses than the target")]
    [InlineData("apps.acme.com 1.1.1.1", null, "Warning", "can't be compared")]
    [InlineData(null, "acme.outsystems.app 1.1.1.1", "Failed", "Nothing")]
    [InlineData("empty", "acme.outsystems.app 1.1.1.1", "Failed", "leads to no address")]
    [InlineData("silent", "acme.outsystems.app 1.1.1.1", "Skipped", "No DNS server answered")]
    public async Task A_hostname_leads_to_the_target_or_not(string? found, string? target, string result, string text)
    {
        Plant(Host, found);
        Plant(Target, target);
        var row = (await RunAsync(new OdcDomain { Hostname = Host, CNameValue = Target, Certificate = new OdcDomainCertificate { Status = "Active" } }))[0];
        Assert.Equal(("Hostname", result, Host, Target), (row.Check, row.Result, row.Name, row.Expected));
        Assert.Contains(text, row.Found, StringComparison.Ordinal);
        Assert.Equal(result == "Passed", row.Fix is null);
    }

    [Theory]
    [InlineData("PendingValidation", "_value.validations.example 1.1.1.1", "Passed", "An alias")]
    [InlineData("PendingValidation", null, "Warning", "Not seen. It may exist all the same")]
    [InlineData("PendingValidation", "empty", "Warning", "Its value can't be seen here")]
    [InlineData("PendingValidation", "other.example 1.1.1.1", "Failed", "and not to the target")]
    [InlineData("Active", null, "Skipped", "Not seen")]
    [InlineData("Active", "other.example 1.1.1.1", "Warning", "and not to the target")]
    [InlineData("Failed", null, "Warning", "Not seen")]
    public async Task A_validation_record_can_be_seen_only_if_it_leads_somewhere(string status, string? found, string result, string text)
    {
        Plant(Proof.TrimEnd('.'), found);
        var row = (await RunAsync(Domain(status)))[1];
        Assert.Equal(("Validation", result, "_proof.apps.acme.com", "_value.validations.example"), (row.Check, row.Result, row.Name, row.Expected));
        Assert.Contains(text, row.Found, StringComparison.Ordinal);
        if (result != "Passed")
            Assert.Contains("_proof.apps.acme.com CNAME _value.validations.example", row.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Issued", "Passed", "Issued", null)]
    [InlineData("Active", "Passed", "Active", null)]
    [InlineData("PendingValidation", "Warning", "PendingValidation", "within 72 hours, if it is not there: _proof.apps.acme.com CNAME _value.validations.example")]
    [InlineData("Creating", "Warning", "Creating", "Get-OdcDomain -Refresh")]
    [InlineData("Failed", "Failed", "Failed: E1: It broke.", "remove the domain and create it again")]
    [InlineData("Expired", "Failed", "Expired: E1: It broke.", "correct them")]
    [InlineData("Deleting", "Skipped", "being removed", null)]
    [InlineData("Sleeping", "Skipped", "Sleeping", null)]
    [InlineData(null, "Warning", "Creating", "later|minutes")]
    public async Task The_state_of_the_certificate_is_explained(string? status, string result, string found, string? fix)
    {
        var row = (await RunAsync(Domain(status)))[2];
        Assert.Equal(("Certificate", result), (row.Check, row.Result));
        Assert.Contains(found, row.Found, StringComparison.Ordinal);
        Assert.True(fix is null ? row.Fix is null : fix.Split('|').Any(part => row.Fix!.Contains(part, StringComparison.Ordinal)), row.Fix);
    }

    [Fact]
    public async Task A_domain_without_a_target_or_from_OutSystems_is_not_looked_up()
    {
        Assert.Equal(["Skipped", "Warning"], (await RunAsync(new OdcDomain { Hostname = Host })).Select(r => r.Result));
        Assert.Equal("Skipped", Assert.Single(await RunAsync(new OdcDomain { Hostname = Host, BuiltIn = true })).Result);
    }

    [Fact]
    public async Task A_look_up_that_hangs_ends_after_five_seconds_or_with_the_caller()
    {
        var names = new Names(_ => new TaskCompletionSource<ResolvedName>().Task);
        var checks = new DomainChecks(Domain("Active"), names, _time);
        var running = checks.RunAsync(default);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(["Skipped", "Skipped", "Passed"], (await running).Select(r => r.Result));
        using var stop = new CancellationTokenSource();
        var stopped = checks.RunAsync(stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task The_resolver_of_the_system_knows_this_machine_and_no_name_that_is_invalid()
    {
        var local = await SystemResolver.Instance.ResolveAsync("localhost", default);
        Assert.Contains(local.All, IPAddress.IsLoopback);
        Assert.NotEqual(NameOutcome.Found, (await SystemResolver.Instance.ResolveAsync("nothing.invalid", default)).Outcome);
        Assert.Equal(NameOutcome.NotFound, (await SystemResolver.Instance.ResolveAsync(new string('a', 300) + ".invalid", default)).Outcome);
    }

    private static OdcDomain Domain(string? status) => new()
    {
        Hostname = Host, CNameValue = Target, Certificate = new OdcDomainCertificate { Status = status, CNameKey = Proof, CNameValue = Value, StatusErrorCode = "E1", StatusErrorMessage = "It broke." },
    };

    private void Plant(string name, string? answer)
    {
        if (answer is not null)
            _names[name] = answer switch
            {
                "empty" => new ResolvedName(NameOutcome.NoAddress),
                "silent" => new ResolvedName(NameOutcome.NoAnswer),
                _ => new ResolvedName(NameOutcome.Found, answer.Split(' ')[0], [IPAddress.Parse(answer.Split(' ')[1])]),
            };
    }

    private Task<IReadOnlyList<OdcDomainCheck>> RunAsync(OdcDomain domain) =>
        new DomainChecks(domain, new Names(name => Task.FromResult(_names.TryGetValue(name, out var known) ? known : new ResolvedName(NameOutcome.NotFound))), _time).RunAsync(default);

    private sealed class Names(Func<string, Task<ResolvedName>> resolve) : INameResolver
    {
        public Task<ResolvedName> ResolveAsync(string name, CancellationToken cancellationToken) => resolve(name);
    }
}
