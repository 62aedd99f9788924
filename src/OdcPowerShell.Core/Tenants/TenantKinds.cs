using static OdcPowerShell.Tenants.TenantValue;

namespace OdcPowerShell.Tenants;

/// <summary>All kinds of objects of a tenant that are exported, in the order in which they are created: what others refer to comes first.</summary>
internal static class TenantKinds
{
    private const string SettingsText = "Values by the name of the setting, with the library and the timer or integration before it. A secret has the name of a vault entry in its place: { \"secret\": \"entry\" }.";

    private static readonly TenantShape Rules = new(
        Required("name", "Name of the rule."),
        new TenantProperty("ranges", Texts, "Single addresses, ranges as in 10.0.0.1-10.0.0.9, or CIDR.") { IsRequired = true, IsRange = true },
        new TenantProperty("isActive", Flag, "Whether the rule counts."))
    { Identity = ["name"] };

    internal static readonly TenantKind Organization = new("Organization", "organization", "organization", new TenantShape(
        Required("name", "Name of the organization."), State("ring", "Release ring."), State("platformRegion", "Region of the platform services."), State("dataPlatformRegion", "Region of the data.")))
    { IsSingle = true, IsTenantSpecific = true };

    internal static readonly TenantKind Subscription = new("SubscriptionConfiguration", "subscription configuration", "subscription", new TenantShape(
        new TenantProperty("allDomainsInternal", Flag, "Whether all users are internal, whatever the domain of their e-mail."), new TenantProperty("internalEmailDomains", Texts, "The e-mail domains whose users are internal.")))
    { IsSingle = true, IsTenantSpecific = true };

    internal static readonly TenantKind PlatformIpFilter = new("PlatformIpFilter", "IP filter of the platform", "platform-ip-filter", new TenantShape(
        State("name", "Name of the filter."),
        State("defaultAction", "ALLOW or DENY: what happens to an address that no rule names."),
        new TenantProperty("rules", Objects, "The rules.")
        {
            IsState = true,
            Of = new TenantShape(Required("name", "Name of the rule."), new TenantProperty("ranges", Texts, "The addresses.") { IsRange = true }, State("action", "ALLOW or DENY."), new TenantProperty("isActive", Flag, "Whether the rule counts.")) { Identity = ["name"] },
        }))
    { IsSingle = true, IsState = true };

    internal static readonly TenantKind Portfolio = new("Portfolio", "portfolio", "portfolios", new TenantShape(
        Required("name", "Name of the portfolio."), State("type", "Type of the portfolio."), new TenantProperty("isMain", Flag, "Whether it is the main portfolio.") { IsState = true }));

    internal static readonly TenantKind Stage = new("Stage", "stage", "stage", new TenantShape(
        Required("name", "Name of the stage."),
        State("purpose", "Development, NonProduction or Production."),
        new TenantProperty("order", Number, "The place among the stages."),
        State("portfolio", "The portfolio that it belongs to."),
        State("region", "Region of the stage."),
        State("hosting", "oscloud or selfhosted.")))
    { IsSingle = true, IsPerStage = true };

    internal static readonly TenantKind OrganizationRole = new("OrganizationRole", "organization role", "organization-roles", new TenantShape(
        Required("name", "Name of the role."),
        new TenantProperty("isReadOnly", Flag, "Whether it is one of the service's own roles, which can't be changed.") { IsState = true },
        new TenantProperty("permissions", Objects, "The permissions of the role.")
        {
            Of = new TenantShape(
                Required("permission", "The permission as the portal shows it: category > name."),
                new TenantProperty("stages", Texts, "The stages that it is limited to. Left out, it is for all stages.") { EmptyMeans = "all stages" },
                new TenantProperty("portfolios", Texts, "The portfolios that it is limited to. Left out, it is for all portfolios.") { EmptyMeans = "all portfolios" })
            { Identity = ["permission"] },
        }))
    { CanCreate = true };

    internal static readonly TenantKind Group = new("Group", "group", "groups", new TenantShape(
        Required("name", "Name of the group."),
        new TenantProperty("description", Text, "What the group is for."),
        new TenantProperty("roles", Objects, "The end-user roles of its users.") { Of = new TenantShape(Required("asset", "The asset that has the role."), Required("role", "Name of the role.")) },
        new TenantProperty("claimMappings", Objects, "The claims of identity providers that make users members. They can be removed through the API, and not added.")
        {
            Of = new TenantShape(
                Required("identityProvider", "Name of the identity provider."), Required("claim", "Name of the claim."), Required("value", "Value of the claim."),
                new TenantProperty("valueDelimiter", Text, "The text between several values of the claim.")),
        },
        new TenantProperty("users", Texts, "The e-mails of the users who were put into the group.") { IsPersonal = true }))
    { IsPerStage = true, CanCreate = true };

    internal static readonly TenantKind SystemConfiguration = new("SystemConfiguration", "system configuration", "system-configuration", new TenantShape(
        new TenantProperty("settings", Settings, SettingsText)))
    { IsSingle = true, IsPerStage = true };

    internal static readonly TenantKind BuiltInDomains = new("BuiltInDomains", "built-in domains", "built-in-domains", new TenantShape(
        new TenantProperty("domains", Objects, "The domains that OutSystems provides.")
        {
            Of = new TenantShape(Required("prefix", "The first label of the domain."), new TenantProperty("isPrimary", Flag, "Whether it is the one that the service uses itself.")) { Identity = ["prefix"] },
        }))
    { IsSingle = true, IsPerStage = true, IsOfOrganizationToo = true, IsTenantSpecific = true };

    internal static readonly TenantKind Domain = new("Domain", "domain", "domains", new TenantShape(
        Required("hostname", "The hostname in the addresses of the apps."),
        new TenantProperty("name", Text, "Name of the domain.") { HasDefault = true },
        new TenantProperty("defaultAsset", Text, "The app that opens when the address has no path."),
        new TenantProperty("redirect", Text, "How a request to the bare hostname is sent on.") { Values = ["Permanent", "Temporary", "None"] },
        State("certificate", "State of the certificate.")))
    { IsPerStage = true, CanCreate = true, NameProperty = "hostname", IsTenantSpecific = true };

    internal static readonly TenantKind DefaultDomain = new("DefaultDomain", "default domain", "default-domain", new TenantShape(
        new TenantProperty("isBuiltIn", Flag, "Whether it is the primary built-in domain of the stage."), new TenantProperty("domain", Text, "The hostname, if it is not that.")))
    { IsSingle = true, IsPerStage = true, IsTenantSpecific = true };

    internal static readonly TenantKind IpFilterGroup = new("IpFilterGroup", "IP filter group", "ip-filter-groups", new TenantShape(
        Required("name", "Name of the group."),
        new TenantProperty("description", Text, "What the group is for."),
        new TenantProperty("accessType", Text, "Allow: only the addresses of the rules reach the apps. Deny: all addresses but these do.") { IsRequired = true, Values = ["Allow", "Deny"] },
        new TenantProperty("rules", Objects, "The rules.") { Of = Rules },
        new TenantProperty("assets", Texts, "The apps that are in the group.")))
    { IsPerStage = true, CanCreate = true };

    internal static readonly TenantKind PrivateGateway = new("PrivateGateway", "private gateway", "private-gateway", new TenantShape(State("state", "Active, Inactive or Deactivating.")))
    { IsSingle = true, IsPerStage = true, IsState = true };

    internal static readonly TenantKind AssetSettings = new("AssetSettings", "settings of an asset", "settings", new TenantShape(
        Required("asset", "Name of the app or agent."),
        new TenantProperty("settings", Settings, SettingsText),
        new TenantProperty("timers", Settings, SettingsText),
        new TenantProperty("integrations", Settings, SettingsText),
        new TenantProperty("systemConfigurations", Settings, SettingsText)))
    { IsPerStage = true, NameProperty = "asset" };

    internal static readonly TenantKind DeployedAsset = new("DeployedAsset", "deployed asset", "deployed-assets", new TenantShape(
        Required("asset", "Name of the asset."),
        State("type", "Type of the asset."),
        new TenantProperty("stages", Objects, "The stages in which it runs.")
        {
            IsState = true,
            Of = new TenantShape(Required("stage", "Name of the stage."), new TenantProperty("revision", Number, "The revision that runs there."), State("tag", "The tag of the revision.")) { Identity = ["stage"] },
        }))
    { IsState = true, NameProperty = "asset" };

    internal static readonly TenantKind User = new("User", "user", "users", new TenantShape(
        Required("email", "E-mail address."),
        new TenantProperty("name", Text, "Full name."),
        new TenantProperty("isActive", Flag, "Whether the user may sign in."),
        new TenantProperty("roles", Objects, "The end-user roles that the user has directly.")
        {
            Of = new TenantShape(Required("stage", "Name of the stage."), Required("asset", "The asset that has the role."), Required("role", "Name of the role.")),
        },
        new TenantProperty("organizationRoles", Objects, "The organization roles of the user.")
        {
            Of = new TenantShape(
                Required("role", "Name of the role."), new TenantProperty("asset", Text, "The asset that it is limited to; none for the organization."),
                new TenantProperty("from", Text, "When it begins: a date, or a date and a time.") { IsMoment = true }, new TenantProperty("until", Text, "When it expires: a date, or a date and a time.") { IsMoment = true })
            { Identity = ["role", "asset"] },
        }))
    { CanCreate = true, NameProperty = "email" };

    /// <summary>All kinds, in the order in which they are created.</summary>
    internal static IReadOnlyList<TenantKind> All { get; } =
    [
        Organization, Subscription, PlatformIpFilter, Portfolio, Stage, OrganizationRole, Group, SystemConfiguration, BuiltInDomains, Domain, DefaultDomain, IpFilterGroup, PrivateGateway, AssetSettings,
        DeployedAsset, User,
    ];

    internal static TenantKind? Find(string name) => All.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.OrdinalIgnoreCase));

    private static TenantProperty Required(string name, string description) => new(name, Text, description) { IsRequired = true };

    private static TenantProperty State(string name, string description) => new(name, Text, description) { IsState = true };
}
