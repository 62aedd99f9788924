namespace OdcPowerShell.Emulator;

/// <summary>Portfolios, their stages and libraries; version 1 is deprecated. A client without the permission to view stages sees none.</summary>
internal sealed class PortfoliosApi(Store store, AssetBodies bodies)
{
    private const string Portfolios = "/api/portfolios/v2/portfolios";
    private const string Stages = "/api/portfolios/v2/environments";
    private const int LongestName = 50;

    public void Map(ApiMap map)
    {
        map.List(Portfolios, Access.AnyPermission, Paging.CutTotals, _ => store.Portfolios.All)
            .Key("portfolioKey", portfolio => portfolio.Key)
            .As(portfolio => new
            {
                portfolio.Key, portfolio.Name, Type = "oscloud", IsMainPortfolio = portfolio.IsMain,
                NonProductionEnvironmentCount = store.Stages.All.Count(stage => stage.PortfolioKey == portfolio.Key && stage.Purpose != "Production"),
            });
        map.Patch<ChangeBody>($"{Portfolios}/{{portfolioKey}}", Access.OneOf(Permission.ManagePortfolio), status: 200, act: (call, body) =>
        {
            var portfolio = store.Portfolios[call.Key("portfolioKey")];
            store.Portfolios.Set(portfolio with { Name = body.Name is null ? portfolio.Name : CheckName(body.Name) });
        });

        var change = Access.OneOf(Permission.ManageStages, Permission.ManagePortfolio);
        map.List(Stages, Access.SignedIn, Paging.Whole, Visible).Key("portfolioKey", stage => stage.PortfolioKey);
        map.List("/api/portfolios/v1/environments", Access.SignedIn, Paging.Whole, call => Visible(Deprecate(call))).As(stage => new
        {
            stage.Key, stage.Name, Hostname = stage.BuiltInDomain, stage.Purpose, stage.Order, stage.Region, stage.Hosting,
            IsConfigured = stage.Hosting == "selfhosted", IsDeployedToCluster = stage.Status == "Ready",
        });
        map.Patch<ChangesBody>(Stages, change, status: 200, act: (call, body) => ChangeStages(
            call.Client, body.Environments is { Count: > 0 } changes ? changes : throw ProblemException.Missing("environments")));
        map.Patch<ChangeBody>($"{Stages}/{{environmentKey}}", change, status: 200, act: (call, body) =>
            ChangeStages(call.Client, [body with { Key = call.Key("environmentKey") }]));

        map.List("/api/portfolios/v2/libraries", Access.AnyPermission, Paging.CutTotals, _ => store.Assets.All.Where(asset => asset.IsLibrary))
            .KeyList("key", asset => asset.Key)
            .OfTypes("type", asset => asset, type => type.IsLibrary, ProblemException.Unprocessable)
            .Contains("nameContains", asset => asset.Name)
            .Key("portfolioKey", asset => asset.PortfolioKey)
            .Where(call => PermissionFilter.Allows(call, isPerStage: true) ? null : _ => false)
            .OrderedBy(LibraryOrder)
            .AsFor(call => LibraryBody(call.Query.Choice("revisions", "Latest", "HighestTag", "All")));
    }

    /// <summary>Announces the end of version 1; not quite HTTP dates, as in the documentation.</summary>
    public static ApiCall Deprecate(ApiCall call)
    {
        call.AnswerHeaders["Deprecation"] = "Wed, 08 Jul 2026 00:00:00 UTC";
        call.AnswerHeaders["Sunset"] = "Fri, 08 Jan 2027 00:00:00 UTC";
        return call;
    }

    private IEnumerable<EmulatedStage> Visible(ApiCall call) =>
        call.Client.Has(Permission.ViewStage) ? store.Stages.All.OrderBy(stage => stage.Order) : [];

    // All changes of a request or, when one is wrong, none.
    private void ChangeStages(ApiClient client, IReadOnlyList<ChangeBody> changes)
    {
        // The order belongs to the portfolio, the name to the stage.
        if ((changes.Any(change => change.Order is not null) && !client.Has(Permission.ManagePortfolio))
            || (changes.Any(change => change.Name is not null) && !client.Has(Permission.ManageStages)))
            throw new ProblemException(Cause.PermissionMissing);
        if (changes.Select(change => change.Key).Distinct().Count() < changes.Count)
            throw ProblemException.BadParameter("An environment is listed twice.");
        List<EmulatedStage> changed = [.. changes.Select(Changed)];
        store.Stages.AddRange(changed);
    }

    private EmulatedStage Changed(ChangeBody change)
    {
        var stage = store.Stages[change.Key ?? throw ProblemException.Missing("key")];
        if (change.Order < 0)
            throw ProblemException.Unprocessable("The order must not be negative.");
        return stage with { Name = change.Name is null ? stage.Name : CheckName(change.Name), Order = change.Order ?? stage.Order };
    }

    private static string CheckName(string name) => name.Length is > 0 and <= LongestName
        ? name
        : throw ProblemException.Unprocessable($"A name has from 1 to {LongestName} characters.");

    private Func<Asset, object> LibraryBody(string? which) => asset => new
    {
        asset.Key, asset.Type, asset.IsBuiltIn, asset.PortfolioKey,
        Revisions = Choose(asset, which).Select(revision => new
        {
            Revision = revision.Number, asset.Name, asset.Description, IconUrl = bodies.IconUrl(revision),
            PublishDateTime = revision.CreatedAt.UtcDateTime, PublishUserKey = revision.CreatedBy, Tag = revision.Tag?.ToString(),
            TaggingUserKey = revision.TaggedBy, TaggingDateTime = revision.TaggedAt?.UtcDateTime, IsLatest = revision == asset.Latest,
        }).ToArray(),
    };

    private static IEnumerable<AssetRevision> Choose(Asset asset, string? which) => which switch
    {
        "HighestTag" => asset.HighestTagged is { } highest ? [highest] : [],
        "All" => asset.Revisions.Where(revision => revision.Tag is not null || revision == asset.Latest).Reverse(),
        _ => [asset.Latest],
    };

    // The parameter is repeated, and the first one weighs most.
    private static IEnumerable<(Func<Asset, object?>, bool)> LibraryOrder(ApiCall call) =>
    [
        .. call.Query.Texts("sort").Select<string, (Func<Asset, object?>, bool)>(order => order.ToUpperInvariant().Split(':') switch
        {
            ["NAME"] or ["NAME", "ASC"] => (asset => asset.Name, false),
            ["NAME", "DESC"] => (asset => asset.Name, true),
            ["PUBLISHDATETIME"] or ["PUBLISHDATETIME", "ASC"] => (asset => asset.Latest.CreatedAt, false),
            ["PUBLISHDATETIME", "DESC"] => (asset => asset.Latest.CreatedAt, true),
            _ => throw ProblemException.Unprocessable($"The list cannot be sorted by '{order}'."),
        }),
        (asset => asset.Name, false),
    ];

    private sealed record ChangeBody(Guid? Key, string? Name, int? Order);

    private sealed record ChangesBody(IReadOnlyList<ChangeBody>? Environments);
}

public sealed record EmulatedStage(
    Guid Key, string Name, string Purpose, int Order, [property: JsonPropertyName("builtinDomain")] string BuiltInDomain, string DefaultDomain)
{
    public string Region { get; init; } = "eu-central-1";
    /// <summary>Who runs the stage: oscloud or selfhosted.</summary>
    public string Hosting { get; init; } = "oscloud";
    public string Status { get; init; } = "Ready";
    public Guid PortfolioKey { get; init; }

    /// <summary>The built-in domains of a tenant's stages at its start.</summary>
    internal static IEnumerable<string> BuiltInDomains(string tenant) => Json.Seed<EmulatedStage[]>("stages").Select(stage => stage.BuiltInDomain.Replace("*", tenant, StringComparison.Ordinal));

    /// <summary>The stages of a tenant at its start; * in a domain is the tenant's name.</summary>
    internal static IReadOnlyList<EmulatedStage> Seed(string tenant, Derivation derive, Guid portfolio) =>
        [.. Json.Seed<EmulatedStage[]>("stages").Select(stage => stage with
        {
            Key = derive.Guid($"stage/{stage.Name}"),
            BuiltInDomain = stage.BuiltInDomain.Replace("*", tenant, StringComparison.Ordinal),
            DefaultDomain = stage.DefaultDomain.Replace("*", tenant, StringComparison.Ordinal),
            PortfolioKey = portfolio,
        })];
}
