namespace OdcPowerShell.Emulator;

/// <summary>The subscription: entitlements, usage, and whose users are internal.</summary>
internal sealed class SubscriptionApi(EmulatedTenant tenant)
{
    private const string Base = "/api/subscription/v1";
    private const string Organization = $"{Base}/organization";
    private const string OfStage = $"{Base}/environments/{{environmentKey}}/entitlements";
    private static readonly string[] s_granularities = ["summary", "hour", "day", "month"];
    private static readonly string[] s_aggregations = ["Total", "Max", "P95", "P90"];

    private EmulatedSubscription Subscription => tenant.Subscription;

    public void Map(ApiMap map)
    {
        var view = Access.OneOf(Permission.ViewSubscription);
        map.Get($"{Organization}/entitlements", Access.AnyPermission, call => OfOrganization(call.Client.Has(Permission.ViewSubscription)));
        map.Get($"{Organization}/entitlements/usage", view, call => Usage(call, stage: null));
        map.Get($"{Organization}/configurations", view, _ => new
        {
            AreAllEmailDomainsInternal = Subscription.AreAllInternal, InternalEmailDomains = Subscription.InternalDomains,
        });
        map.Patch<ConfigurationBody>($"{Organization}/configurations", Access.OneOf(Permission.ManageSubscription), status: 200, act: (_, body) => Subscription.Change(
            body.AreAllEmailDomainsInternal ?? throw ProblemException.Missing("areAllEmailDomainsInternal"), body.InternalEmailDomains ?? []));
        map.Get(OfStage, Access.AnyPermission, call => OfOneStage(call.Client.Has(Permission.ViewSubscription, Stage(call, Permission.ViewStage))));
        map.Get($"{OfStage}/usage", Access.AnyPermission, call => Usage(call, Stage(call, Permission.ViewStage, Permission.ViewSubscription)));
        map.Get($"{OfStage}/usage/by-asset", Access.AnyPermission, call => UsageByAsset(call, Stage(call, Permission.ViewStage, Permission.ViewSubscription)));
    }

    // The stage of a path, for which the client needs these permissions.
    private Guid Stage(ApiCall call, params string[] permissions)
    {
        var stage = tenant.Store.Stages[call.Key("environmentKey")].Key;
        return Array.TrueForAll(permissions, permission => call.Client.Has(permission, stage)) ? stage : throw new ProblemException(Cause.PermissionMissing);
    }

    private object OfOrganization(bool hasDetails) => new
    {
        SubscriptionStartDate = hasDetails ? new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc) : (DateTime?)null,
        SubscriptionEndDate = hasDetails ? new DateTime(2028, 2, 29, 0, 0, 0, DateTimeKind.Utc) : (DateTime?)null,
        Edition = hasDetails ? "Enterprise" : null,
        EditionId = hasDetails ? "odc-enterprise-2024" : null,
        EditionFamilyId = hasDetails ? "odc-enterprise" : null,
        ActivationCode = hasDetails ? Subscription.ActivationCode : null,
        Addons = hasDetails ? (object[])[AddOn("sentry", "Sentry", "true", "Bool"), AddOn("agentWorkbench", "Agent Workbench", "10000", "Int", "execution", "2026-06-01", "2026-12-31")] : null,
        Entitlements = Entitlement.Of(isStage: false).Select(entitlement => Body(entitlement, entitlement.OfOrganization)).ToArray(),
    };

    private static object OfOneStage(bool hasAddOns) => new
    {
        Addons = hasAddOns ? (object[])[AddOn("highAvailability", "High Availability", "true", "Bool"), AddOn("extraStorage", "Extra Database Storage", null, "Int", "gigabyte")] : null,
        Entitlements = Entitlement.Of(isStage: true).Select(entitlement => Body(entitlement, entitlement.OfStage)).ToArray(),
    };

    private static object Body(Entitlement entitlement, string? value) => new
    {
        entitlement.Id, entitlement.Name, Description = $"{entitlement.Name} of the subscription.",
        DocumentationUrl = $"https://success.example/entitlements/{entitlement.Id}", Value = value, entitlement.DataType, entitlement.Unit, entitlement.Kind,
    };

    private static object AddOn(string id, string name, string? value, string dataType, string? unit = null, string? start = null, string? end = null) => new
    {
        Id = id, Name = name, Description = $"{name} as an add-on.", DocumentationUrl = $"https://success.example/add-ons/{id}",
        DataType = dataType, Value = value, StartDate = start, EndDate = end, Unit = unit,
    };

    private object Usage(ApiCall call, Guid? stage)
    {
        var entitlements = Asked(call, [.. Entitlement.Of(stage is not null).Where(entitlement => entitlement.IsMeasured)]);
        var granularity = Known(call.Query.Text("granularity") ?? "summary", s_granularities, "granularity");
        var aggregations = Aggregations(call);
        var (since, to) = UsageMeter.Period(call.Query, tenant.Store.Now);
        var steps = UsageMeter.Steps(granularity, since, to);
        var keys = call.Query.GuidList("assetKeys", int.MaxValue);
        Predicate<Asset>? assets = keys.Count == 0 ? null : asset => keys.Contains(asset.Key);
        return new
        {
            Results = (
                from entitlement in entitlements
                from aggregation in aggregations ?? [entitlement.Aggregation]
                select new { entitlement.Id, entitlement.Name, Aggregation = aggregation, LastUpdatedDate = Midnight, Usage = Points(entitlement, aggregation) }).ToArray(),
        };

        object[] Points(Entitlement entitlement, string aggregation)
        {
            var sum = 0.0;
            return [.. steps.Select(step =>
            {
                var value = UsageMeter.Aggregate(entitlement, aggregation, Subscription.Usage.At(entitlement, stage, step.To, assets), step.Since, step.To);
                sum = Math.Round(sum + value, 2);
                // A sum of a period may be read at its beginning, a level at its end.
                return (object)new { Timestamp = (granularity == "summary" ? step.To : step.Since).UtcDateTime, Value = value, CumulativeValue = entitlement.IsSum && aggregation == "Total" ? sum : (double?)null };
            })];
        }
    }

    private object UsageByAsset(ApiCall call, Guid stage)
    {
        var entitlements = Asked(call, [.. Entitlement.All.Where(entitlement => entitlement.IsOfAssets)]);
        var aggregations = Aggregations(call);
        var (since, to) = UsageMeter.Period(call.Query, tenant.Store.Now);
        var keys = call.Query.GuidList("assetKeys", int.MaxValue);
        var (name, detailKey, detailName) = (call.Query.Text("assetName"), call.Query.Text("detailKey"), call.Query.Text("detailName"));
        List<(Func<DeployedRevision, object?>, bool)> orders = [.. (call.Query.Text("sortBy") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Order)];
        var (limit, offset) = (Math.Min(call.Query.Number("limit", 100, 1, int.MaxValue), 100), call.Query.Number("offset", 0, 0, int.MaxValue));
        DeployedRevision[] all = [.. Sort.By(
            tenant.Store.DeployedIn(stage).Where(deployed => (keys.Count == 0 || keys.Contains(deployed.Asset.Key))
                && (name is null || deployed.Asset.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
                && ((detailKey is null && detailName is null) || Parts(deployed).Any(IsWanted))),
            [.. orders, (deployed => deployed.Asset.Name, false)])];
        DeployedRevision[] page = [.. all.Skip(offset).Take(limit)];
        return new
        {
            // The page counts assets, and its results are entitlements.
            Page = new
            {
                Count = page.Length, limit, offset, TotalResults = all.Length, NextPageOffset = offset + (long)limit < all.Length ? offset + limit : (int?)null,
                TotalPages = (int)Math.Ceiling((double)all.Length / limit),
            },
            Results = (
                from entitlement in entitlements
                from aggregation in aggregations ?? [entitlement.Aggregation]
                select new { entitlement.Id, entitlement.Name, Aggregation = aggregation, Assets = page.Select(deployed => Row(entitlement, aggregation, deployed)).ToArray() }).ToArray(),
        };

        bool IsWanted(PublicElement part) => (detailKey is null || part.Key.ToString() == detailKey) && (detailName is null || part.Name.Contains(detailName, StringComparison.OrdinalIgnoreCase));

        object Row(Entitlement entitlement, string aggregation, DeployedRevision deployed) => new
        {
            AssetKey = deployed.Asset.Key, deployed.Asset.Name, AssetType = deployed.Asset.IsLibrary ? "Library" : "Application",
            Value = UsageMeter.Aggregate(entitlement, aggregation, Subscription.Usage.Of(entitlement, deployed, to), since, to), Revision = deployed.Revision.Number,
            Details = entitlement.Id == "applicationObjects" ? Parts(deployed).Where(IsWanted).Select(part => new { DetailKey = part.Key, part.Name, part.Type, Value = 1.0 }).ToArray() : null,
        };

        (Func<DeployedRevision, object?>, bool) Order(string text)
        {
            var entitlement = Entitlement.Find(Known(text.TrimStart('+', '-'), [.. Entitlement.All.Where(one => one.IsOfAssets).Select(one => one.Id)], "sortBy"));
            return (deployed => Subscription.Usage.Of(entitlement, deployed, to) * (text[0] == '-' ? -1 : 1), false);
        }
    }

    private DateTime Midnight => tenant.Store.Now.UtcDateTime.Date;

    private static IReadOnlyList<PublicElement> Parts(DeployedRevision deployed) => deployed.Asset.Elements;

    private static IReadOnlyList<Entitlement> Asked(ApiCall call, IReadOnlyList<Entitlement> known)
    {
        var ids = List(call, "entitlementIds", [.. known.Select(entitlement => entitlement.Id)]);
        return ids is null ? known : [.. known.Where(entitlement => ids.Contains(entitlement.Id, StringComparer.Ordinal))];
    }

    private static IReadOnlyList<string>? Aggregations(ApiCall call) => List(call, "aggregations", s_aggregations);

    // A list in one text, of values that are known.
    private static IReadOnlyList<string>? List(ApiCall call, string name, IReadOnlyList<string> known) => call.Query.Text(name) is not { } text
        ? null
        : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(value => Known(value, known, name))];

    private static string Known(string value, IReadOnlyList<string> known, string name) =>
        known.FirstOrDefault(one => string.Equals(one, value, StringComparison.OrdinalIgnoreCase))
        ?? throw ProblemException.BadParameter($"The value '{value}' of the parameter '{name}' is not valid. Expected: {string.Join(", ", known)}.");

    private sealed record ConfigurationBody(bool? AreAllEmailDomainsInternal, IReadOnlyList<string>? InternalEmailDomains);
}
