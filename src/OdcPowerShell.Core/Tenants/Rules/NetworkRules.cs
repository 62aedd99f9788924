using OdcPowerShell.EnvironmentConfigurations;
using static OdcPowerShell.Tenants.Rules.RuleWords;

namespace OdcPowerShell.Tenants.Rules;

/// <summary>IP filters of stages that let in every address.</summary>
internal sealed class OpenIpFilter() : TenantRule("OpenIpFilter", Network, Medium, "IP filters that let in every address")
{
    internal override string Reason => "What everybody can reach, everybody can attack. The IP filter groups of each stage are read. Except the groups of public apps in the settings file.";

    internal override string Advice => "Allow your own addresses only. The command asks for them.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        var stages = await check.StagesAsync().ConfigureAwait(false);
        foreach (var (stage, groups) in await check.EachAsync(stages, s => (s.ToString(), s), check.Tenant.IpFilterGroupsAsync).ConfigureAwait(false))
        {
            if (groups.Count == 0)
                check.Miss(stage.ToString(), $"The service lists no IP filter group of {stage}.", missing: null, stage);
            foreach (var group in groups)
            {
                if (!new IpFilterReach(group.AccessType, group.Rules ?? []).IsOpen)
                    continue;
                check.Find(
                    group.Name, $"The IP filter group {group.Name} of {stage} ({group.AccessType}) lets in every address.",
                    check.Command($"Set-OdcIpFilterGroup {RuleText.Argument(group.Name, group.IpFilterGroupKey)} -Stage {StagePairs.Name(stage)} -AccessType ALLOWLIST -Rule (New-OdcIpFilterRule Office (Read-Host 'Addresses, with commas between'))"), stage);
            }
        }
    }
}

/// <summary>A portal and APIs that every address reaches.</summary>
internal sealed class OpenPortal() : TenantRule("OpenPortal", Network, Medium, "An ODC Portal that every address reaches")
{
    internal override string Reason => "A stolen password or secret is of use from anywhere. The IP filter of the platform, for the ODC Portal and the APIs, is read.";

    internal override string Advice => "Set the default action to deny in the ODC Portal, and allow your own addresses. The command shows the filter.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        foreach (var filter in await check.ReadAsync("The ODC Portal", check.Tenant.PlatformIpFilterAsync).ConfigureAwait(false) ?? [])
        {
            var allowed = IpFilterRules.Ranges((filter.Rules ?? []).Where(r => r.IsActive == true && IsAllow(r.Action)).Select(r => new OdcIpFilterRule { Ranges = r.Ranges }));
            if (filter.DefaultAction is null)
                check.Miss("The ODC Portal", "The service does not report the default action of the IP filter.");
            else if (IsAllow(filter.DefaultAction))
                check.Find("The ODC Portal", $"The default action of the IP filter is ALLOW: every address that no rule denies reaches the ODC Portal and the APIs.", check.Command("Get-OdcPlatformIpFilterGroup"));
            else if (IpRange.AreAll(allowed, isV6: false) || IpRange.AreAll(allowed, isV6: true))
                check.Find("The ODC Portal", $"The rules of the IP filter allow all addresses.", check.Command("Get-OdcPlatformIpFilterGroup"));
        }
    }

    private static bool IsAllow(string? action) => string.Equals(action, "ALLOW", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Domains whose certificate is not valid.</summary>
internal sealed class DomainWithoutCertificate() : TenantRule("DomainWithoutCertificate", Network, High, "Domains without a valid certificate")
{
    internal override string Reason => "Browsers reject a domain without a certificate. The domains of each stage are read, but for those that OutSystems provides.";

    internal override string Advice => "Create the DNS records that the command shows as missing.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        var stages = await check.StagesAsync().ConfigureAwait(false);
        foreach (var (stage, domains) in await check.EachAsync(stages, s => (s.ToString(), s), check.Tenant.DomainsAsync).ConfigureAwait(false))
        {
            foreach (var domain in domains.Where(d => d.BuiltIn != true && d.CertificateStatus is not ("Issued" or "Active")))
            {
                check.Find(
                    domain.Hostname ?? domain.Name, $"The domain {domain} of {stage} has {(domain.CertificateStatus is { } status ? $"a certificate with the status {status}" : "no certificate")}.",
                    check.Command($"Test-OdcDomain {RuleText.Argument(domain.Hostname, domain.DomainKey)} -Stage {StagePairs.Name(stage)}"), stage);
            }
        }
    }
}

/// <summary>Private gateways that are active and do not work.</summary>
internal sealed class UnhealthyGateway() : TenantRule("UnhealthyGateway", Network, High, "Private gateways that are active and not healthy")
{
    internal override string Reason => "Apps can't reach the private network through an unhealthy gateway. The private gateway of each stage is read.";

    internal override string Advice => "Check that a connector runs in the private network, with the token of the stage. The command shows the state.";

    internal override async Task CheckAsync(RuleCheck check)
    {
        var stages = await check.StagesAsync().ConfigureAwait(false);
        foreach (var (stage, gateways) in await check.EachAsync(stages, s => (s.ToString(), s), check.Tenant.PrivateGatewayAsync).ConfigureAwait(false))
        {
            foreach (var gateway in gateways.Where(g => g.IsActive == true))
            {
                if (gateway.Health is null)
                    check.Miss(stage.ToString(), $"The service does not report the health of the private gateway of {stage}.", missing: null, stage);
                else if (gateway.Health != "Healthy")
                    check.Find(stage.ToString(), $"The private gateway of {stage} is {gateway.Health}.", check.Command($"Get-OdcPrivateGateway {StagePairs.Name(stage)}"), stage);
            }
        }
    }
}
