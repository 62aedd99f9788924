using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.Subscription;

/// <summary>The subscription API.</summary>
internal static class SubscriptionApi
{
    /// <summary>The permission for everything but the plain list of entitlements.</summary>
    internal const string ViewSubscription = "Subscriptions > View subscription";

    private const string Base = "/api/subscription/v1";
    private const string OfStage = Base + "/environments/{environmentKey}/entitlements";
    private const string ViewStage = "Stage > View stage";
    private static readonly Permission SeeUsageOfStage = Permission.AllInStage(ViewStage, ViewSubscription);

    internal static readonly Operation<OdcSubscription> GetOrganizationEntitlements =
        new(Get, Base + "/organization/entitlements", Permission.AnyAtAll.WithMore("add-ons and details need", ViewSubscription));

    internal static readonly Operation<Page<OdcEntitlementUsage>> GetOrganizationUsage = new(Get, Base + "/organization/entitlements/usage", ViewSubscription) { IsWholeList = true };
    internal static readonly Operation<StageEntitlements> GetEnvironmentEntitlements = new(Get, OfStage, Permission.InStage(ViewStage).WithMore("add-ons also need", ViewSubscription));
    internal static readonly Operation<Page<OdcEntitlementUsage>> GetEnvironmentUsage = new(Get, OfStage + "/usage", SeeUsageOfStage);
    internal static readonly Operation<Page<AssetUsageBlock>> GetAssetUsage = new(Get, OfStage + "/usage/by-asset", SeeUsageOfStage);
    internal static readonly Operation<OdcSubscriptionConfiguration> GetOrganizationConfigurations = new(Get, Base + "/organization/configurations", ViewSubscription);
    internal static readonly Operation PatchOrganizationConfigurations = new(Patch, Base + "/organization/configurations", "Subscriptions > Manage subscription") { Success = 200 };
}

/// <summary>Where limits and usage are counted: in the organization, or in a stage.</summary>
/// <param name="StageKey">The key of the stage; null for the organization.</param>
/// <param name="StageName">The name of the stage, if known.</param>
internal sealed record SubscriptionScope(string? StageKey = null, string? StageName = null)
{
    /// <summary>The keys in the paths of its operations.</summary>
    internal string[] Keys => StageKey is null ? [] : [StageKey];

    public override string ToString() => StageKey is null ? "the organization" : $"stage {StageName ?? StageKey}";
}

/// <summary>The settings of the subscription: whose users are internal.</summary>
[Columns("AllDomainsInternal 18", "InternalEmailDomains")]
public sealed class OdcSubscriptionConfiguration : OdcResource
{
    /// <summary>Whether all users are internal, whatever the domain of their e-mail.</summary>
    [JsonPropertyName("areAllEmailDomainsInternal")]
    public bool? AllDomainsInternal { get; set; }

    /// <summary>The e-mail domains whose users are internal, unless all are.</summary>
    public IReadOnlyList<string>? InternalEmailDomains { get; set => field = value.Present(); }

    public override string ToString() => AllDomainsInternal == true ? "all e-mail domains" : InternalEmailDomains?.ToString() ?? "";
}
