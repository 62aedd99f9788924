namespace OdcPowerShell.Emulator;

/// <summary>The built-in domains of stages and of the organization, and the default domain of each stage.</summary>
internal sealed class BuiltInDomainsApi(EmulatedTenant tenant)
{
    private const string Stage = "/api/environment-configurations/v1/environments/{environmentKey}";
    private const string Organization = "/api/organization/v1";
    private const int LongestPrefix = 63;

    private Store Store => tenant.Store;

    public void Map(ApiMap map)
    {
        var manage = Access.OneOf(Permission.ManageOrganization);
        Map(map, Organization, Access.AnyPermission, manage, (_, _) => new DomainList(tenant, Store.OrganizationDomains));
        Map(map, Stage, Access.AnyPermission, Access.AnyPermission, (call, changes) =>
        {
            var (stage, network) = StageNetwork.Of(Store, call, changes ? Permission.ManageDomains : Permission.ViewConfigurations);
            return new DomainList(tenant, network.BuiltIn) { Stage = stage, Network = network };
        });
        map.Get($"{Stage}/default-domain", Access.AnyPermission, call => new { StageNetwork.Of(Store, call, Permission.ViewConfigurations).Network.DefaultDomain });
        map.Patch<DefaultBody>($"{Stage}/default-domain", Access.AnyPermission, (call, body) =>
        {
            var (stage, network) = StageNetwork.Of(Store, call, Permission.ManageDomains);
            var domain = body.DefaultDomain ?? throw ProblemException.Missing("defaultDomain");
            if (!network.HasHostname(domain))
                throw ProblemException.BadParameter($"The domain '{domain}' is not a domain of the environment.");
            network.DefaultDomain = domain;
            Store.Stages.Set(stage with { DefaultDomain = domain });
        });
    }

    // Both have the same operations, of the path and with a list of domains.
    private static void Map(ApiMap map, string path, Predicate<ApiClient> view, Predicate<ApiClient> change, Func<ApiCall, bool, DomainList> listOf)
    {
        var one = $"{path}/builtin-domains/{{builtinDomainPrefix}}";
        map.List($"{path}/builtin-domains", view, Paging.Totals, call => listOf(call, false).All)
            .As(domain => new { BuiltinDomainPrefix = domain.Prefix, BuiltinOsDomain = domain.Domain, domain.IsPrimary });
        map.Post<PrefixBody>($"{path}/builtin-domains/availability", view, status: 200, act: (call, body) => listOf(call, false).Availability(Checked(body)));
        map.Post<PrefixBody>($"{path}/builtin-domains", change, (call, body) => listOf(call, true).Add(Checked(body)));
        map.Patch(one, change, call => listOf(call, true).MakePrimary(call.Route["builtinDomainPrefix"]), status: 200);
        map.Delete(one, change, call => listOf(call, true).Remove(call.Route["builtinDomainPrefix"]));
    }

    private static string Checked(PrefixBody body)
    {
        var prefix = body.BuiltinDomainPrefix ?? throw ProblemException.Missing("builtinDomainPrefix");
        var isPrefix = prefix.Length is > 0 and <= LongestPrefix && prefix[0] != '-' && prefix[^1] != '-' && prefix.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        return isPrefix ? prefix : throw ProblemException.BadParameter($"The prefix '{prefix}' is not valid.");
    }

    private sealed record PrefixBody(string? BuiltinDomainPrefix);

    private sealed record DefaultBody(string? DefaultDomain);

    /// <summary>The built-in domains of a stage or of the organization, and what is done with them.</summary>
    private sealed record DomainList(EmulatedTenant Tenant, List<BuiltInDomain> All)
    {
        public EmulatedStage? Stage { get; init; }

        public StageNetwork? Network { get; init; }

        public object Availability(string prefix)
        {
            var domain = DomainOf(prefix);
            var isTaken = Tenant.Domains.IsTaken(domain);
            return new { BuiltinDomainPrefix = prefix, BuiltinOsDomain = domain, IsAvailable = !isTaken, Message = isTaken ? "The subdomain is already in use." : null };
        }

        public object? Add(string prefix)
        {
            var domain = DomainOf(prefix);
            if (!Tenant.Domains.TryTake(domain))
                throw ProblemException.BadParameter("The subdomain is already in use.");
            All.Add(new BuiltInDomain(prefix, domain, IsPrimary: false));
            return null;
        }

        public void MakePrimary(string prefix)
        {
            var primary = Find(prefix);
            for (var i = 0; i < All.Count; i++)
                All[i] = All[i] with { IsPrimary = All[i].Prefix == primary.Prefix };
            if (Stage is not null)
                Tenant.Store.Stages.Set(Stage with { BuiltInDomain = primary.Domain });
        }

        public void Remove(string prefix)
        {
            var domain = Find(prefix);
            if (domain.IsPrimary)
                throw ProblemException.BadParameter("The primary domain cannot be deleted.");
            if (domain.Domain == Network?.DefaultDomain)
                throw ProblemException.BadParameter("The default domain cannot be deleted.");
            All.Remove(domain);
            Tenant.Domains.Free(domain.Domain);
        }

        private BuiltInDomain Find(string prefix) =>
            All.Find(domain => string.Equals(domain.Prefix, prefix, StringComparison.OrdinalIgnoreCase)) ?? throw ProblemException.NotFound("built-in domain", prefix);

        private string DomainOf(string prefix) => prefix + All[0].Domain[All[0].Domain.IndexOf('.', StringComparison.Ordinal)..];
    }
}
