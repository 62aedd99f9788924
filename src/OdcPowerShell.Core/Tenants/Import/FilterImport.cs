using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tenants;

/// <summary>
/// Plans the changes of IP filter groups. An app is in one group of a stage, so that it moves in two requests. They come right after another, when its new
/// group is there with its rules; if the second one fails, the app is put back.
/// </summary>
internal sealed class FilterImport(ImportContext context)
{
    private readonly Dictionary<string, IReadOnlyList<OdcIpFilterGroup>> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _apps = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<TenantDocument, List<FilterMove>> _moves = [];

    /// <summary>Takes the groups of all stages, which were read already.</summary>
    internal async Task PrepareAsync()
    {
        foreach (var stage in context.Now.Documents.Where(d => d.Kind == TenantKinds.IpFilterGroup).Select(d => d.Stage!).Distinct(StringComparer.OrdinalIgnoreCase))
            _groups[stage] = (await context.Reader.IpFilterGroupsAsync(context.Keys.Stage(stage)!).ConfigureAwait(false)).Items;
        foreach (var group in _groups.Values.SelectMany(g => g))
            _apps[group.IpFilterGroupKey!] = [.. group.AssetKeys ?? []];
    }

    /// <summary>Finds the apps that the files have in another group than the tenant.</summary>
    internal void FindMoves()
    {
        var wanted = new Dictionary<(string Stage, string App), TenantDocument>();
        foreach (var document in context.Source.Content.Documents.Where(d => d.Kind == TenantKinds.IpFilterGroup && context.Keys.Stage(d.Stage!) is not null))
        {
            // An app stays where it is if its new group can't be changed.
            if (context.Match(document) is null && context.Now.IsUnread(document.Kind, document.Stage, document.Name))
                continue;
            foreach (var (name, app) in TenantDelta.Texts(document.Content["assets"]).SelectMany(name => context.Keys.All(TenantKeys.Asset, null, name).Select(app => (name, app))))
            {
                if (wanted.TryGetValue((document.Stage!.ToUpperInvariant(), app), out var other))
                    context.Fault(document, $"assets[{name}]", $"{name} is also in the group {other.Name} ({other.PlaceOf($"assets[{name}]") ?? other.ToString()}), and an app is in one group of a stage");
                wanted[(document.Stage.ToUpperInvariant(), app)] = document;
            }
        }

        foreach (var now in context.Now.Documents.Where(d => d.Kind == TenantKinds.IpFilterGroup))
        {
            var apps = _apps[Typed(now).IpFilterGroupKey!];
            foreach (var app in apps.ToList())
            {
                if (!wanted.TryGetValue((now.Stage!.ToUpperInvariant(), app), out var to) || ReferenceEquals(context.Match(to), now))
                    continue;
                apps.Remove(app);
                if (!_moves.TryGetValue(to, out var moves))
                    _moves[to] = moves = [];
                moves.Add(new FilterMove(app, now));
            }
        }
    }

    internal void Plan(TenantDocument wanted, TenantDocument? now)
    {
        var delta = new TenantDelta(wanted, now, context.Prunes);
        var group = now is null ? null : Typed(now);
        var body = new JsonObject();
        if (delta.Differs("description"))
            body["description"] = delta["description"] ?? "";
        var type = TypeOf(wanted, group, delta, body);
        var rules = RulesOf(wanted, group, delta, body);
        if (rules is null)
            return;
        var moves = _moves.TryGetValue(wanted, out var found) ? found : [];
        var apps = AppsOf(wanted, group, delta, body, moves);
        if (now is not null && body.Count == 0 && moves.Count == 0)
            return;
        var reach = new FilterReach(new IpFilterReach(type, rules), Before(wanted.Stage!, group, apps, moves));
        var stage = context.Keys.Stage(wanted.Stage!)!;
        var mover = new FilterMover(stage, wanted.Name, moves, context.AssetName, DefaultReach(wanted.Stage!));
        if (now is null)
            (body["name"], body["accessType"]) = (wanted.Name, type);
        Func<ApiRequest> request = now is null ? () => EnvironmentConfigurationsApi.PostIpFilterGroup.Request([stage.StageKey!], body: ImportContext.Body(body))
            : body.Count > 0 ? () => Patch(stage, now.Key!, body) : () => mover.Preview(now.Key!);
        context.Add(new TenantStep(now is null ? TenantAction.Create : TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = delta.Changes,
            Effect = reach.After.Describe("its apps"),
            Reach = reach,
            Preview = request,
            Send = async sender =>
            {
                var key = now?.Key;
                if (now is null)
                {
                    key = await sender.CreateAsync(request(), EnvironmentConfigurationsApi.PostIpFilterGroup, async fresh =>
                        (await fresh.IpFilterGroupsAsync(stage).ConfigureAwait(false)).Items.FirstOrDefault(g => ImportContext.IsSame(g.Name, wanted.Name))?.IpFilterGroupKey).ConfigureAwait(false);
                }
                else if (body.Count > 0)
                {
                    // The service replaces the whole list, from which an earlier step may have moved an app away.
                    if (apps.IsChange && (await sender.Fresh().IpFilterGroupsAsync(stage).ConfigureAwait(false)).Items.FirstOrDefault(g => g.IpFilterGroupKey == now.Key) is { } fresh)
                        body["appKeys"] = ImportContext.List(apps.Of(fresh));
                    await sender.ChangeAsync(request()).ConfigureAwait(false);
                }

                await mover.SendAsync(sender, key!).ConfigureAwait(false);
            },
        });
    }

    internal void Remove(TenantDocument now)
    {
        var group = Typed(now);
        if (group.IsUsualDefault)
            return;
        var apps = _apps[group.IpFilterGroupKey!];
        var after = DefaultReach(now.Stage!);
        Func<ApiRequest> request = () => EnvironmentConfigurationsApi.DeleteIpFilterGroup.Request(KeysOf(now));
        context.Add(new TenantStep(TenantAction.Remove, now.Kind, now.Stage, now.Name)
        {
            Effect = apps.Count == 0 ? null : $"{string.Join(", ", apps.Select(app => context.AssetName(app)))} {(apps.Count == 1 ? "gets" : "get")} the stage's default group: {after.Describe(apps.Count == 1 ? "it" : "them")}",
            Reach = new FilterReach(after, apps.Count == 0 ? [] : [new IpFilterReach(group.AccessType, group.Rules ?? [])]),
            // An app that could not move would lose its filter.
            Needs = [.. context.Plan.Sent.Where(s => s.Kind == now.Kind && ImportContext.IsSame(s.Stage, now.Stage) && _moves.Any(m => ImportContext.IsSame(m.Key.Stage, s.Stage) && m.Key.Name == s.Name && m.Value.Exists(move => ReferenceEquals(move.From, now))))],
            Preview = request,
            Send = sender => sender.RemoveAsync(request()),
        });
    }

    private string TypeOf(TenantDocument wanted, OdcIpFilterGroup? group, TenantDelta delta, JsonObject body)
    {
        var type = IpFilterRules.AccessTypeOf(delta["accessType"] ?? "");
        if (group is null || !delta.Differs("accessType"))
        {
            delta.Drop("accessType");
            return type;
        }

        if (group.IsUsualDefault)
        {
            body["accessType"] = type;
            return type;
        }

        context.Skip(wanted, "only the default group of a stage can change its type: remove the group (Remove-OdcIpFilterGroup), then import again", [.. delta.Changes.Where(c => c.Property == "accessType")]);
        delta.Drop("accessType");
        return group.AccessType ?? type;
    }

    // The service replaces the whole list. Null if the file has a rule that the service would not take.
    private List<OdcIpFilterRule>? RulesOf(TenantDocument wanted, OdcIpFilterGroup? group, TenantDelta delta, JsonObject body)
    {
        List<OdcIpFilterRule> rules = [];
        var faulty = false;
        foreach (var rule in (wanted.Content["rules"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (name, ranges) = (TenantDelta.Text(rule["name"]), TenantDelta.Texts(rule["ranges"]));
            try
            {
                rules.Add(IpFilterRules.Checked(name, ranges, TenantDelta.Flag(rule["isActive"]) ?? true, context.Reader.Caller.Warning));
            }
            catch (OdcException e)
            {
                faulty = true;
                var wrong = ranges.FirstOrDefault(range => IpRange.Find(range) is null);
                context.Fault(wanted, wrong is null ? $"rules[{name}].ranges" : $"rules[{name}].ranges[{wrong}]", $"{e.Message} {e.RecommendedAction}");
            }
        }

        if (faulty)
            return null;
        List<OdcIpFilterRule> after = [];
        foreach (var now in group?.Rules ?? [])
        {
            if (rules.Find(r => IpFilterRules.HasSameName(r, now.Name)) is not { } same)
            {
                if (!context.Prunes)
                    after.Add(now);
                else
                    delta.Add($"rules[{now.Name}]", Text(now), null);
                continue;
            }

            rules.Remove(same);
            after.Add(IpFilterRules.IsSame(now, same) ? now : same);
            if (!IpFilterRules.IsSame(now, same))
                delta.Add($"rules[{now.Name}]", Text(now), Text(same));
        }

        foreach (var rule in rules)
            delta.Add($"rules[{rule.Name}]", null, Text(rule));
        after.AddRange(rules);
        if (after.Count > IpFilterRules.Most)
        {
            context.Fault(wanted, "rules", FormattableString.Invariant($"the group would have {after.Count} rules, and it can have {IpFilterRules.Most} at most. Put addresses together, or remove rules with -Prune"));
            return null;
        }

        if (delta.Changes.Any(c => c.Property.StartsWith("rules[", StringComparison.Ordinal)))
            body["ipRules"] = new JsonArray([.. after.Select(Body)]);
        return after;
    }

    // Apps that move have a request of their own, after the group has its rules.
    private FilterApps AppsOf(TenantDocument wanted, OdcIpFilterGroup? group, TenantDelta delta, JsonObject body, IReadOnlyList<FilterMove> moves)
    {
        var now = group is null ? [] : _apps[group.IpFilterGroupKey!];
        List<string> keys = [];
        foreach (var name in TenantDelta.Texts(wanted.Content["assets"]))
        {
            if (context.Resolve(wanted, $"assets[{name}]", TenantKeys.Asset, null, name) is not { } key)
                continue;
            keys.Add(key);
            if (!now.Contains(key, StringComparer.OrdinalIgnoreCase))
                delta.Add($"assets[{name}]", null, moves.FirstOrDefault(m => ImportContext.IsSame(m.App, key)) is { } move ? $"moves from {move.From.Name}" : name);
        }

        var added = keys.Except(now, StringComparer.OrdinalIgnoreCase).Except(moves.Select(m => m.App), StringComparer.OrdinalIgnoreCase).ToList();
        var removed = context.Prunes ? now.Except(keys, StringComparer.OrdinalIgnoreCase).ToList() : [];
        foreach (var key in removed)
            delta.Add($"assets[{context.AssetName(key)}]", context.AssetName(key), null);
        var apps = new FilterApps(now.Count - removed.Count, added, removed);
        if (apps.IsChange)
            body["appKeys"] = ImportContext.List(apps.Of(group));
        return apps;
    }

    // The apps that stay have the group as it is now, those that come the default group or the one that they leave.
    private List<IpFilterReach?> Before(string stage, OdcIpFilterGroup? group, FilterApps apps, IReadOnlyList<FilterMove> moves)
    {
        List<IpFilterReach?> before = [];
        if (group is not null && (apps.Kept > 0 || group.IsUsualDefault))
            before.Add(new IpFilterReach(group.AccessType, group.Rules ?? []));
        if (apps.Added.Count > 0)
            before.Add(DefaultReach(stage));
        before.AddRange(moves.Select(m => Typed(m.From)).Distinct().Select(from => new IpFilterReach(from.AccessType, from.Rules ?? [])));
        return before;
    }

    private IpFilterReach DefaultReach(string stage) => _groups.TryGetValue(stage, out var groups) && groups.FirstOrDefault(g => g.IsUsualDefault) is { } usual ? new IpFilterReach(usual.AccessType, usual.Rules ?? []) : new IpFilterReach("DENYLIST", []);

    private OdcIpFilterGroup Typed(TenantDocument now) => _groups[now.Stage!].First(g => g.IpFilterGroupKey == now.Key);

    private string[] KeysOf(TenantDocument now) => [context.Keys.Stage(now.Stage!)!.StageKey!, now.Key!];

    internal static ApiRequest Patch(OdcStage stage, string group, JsonObject body) => EnvironmentConfigurationsApi.PatchIpFilterGroup.Request([stage.StageKey!, group], body: ImportContext.Body(body));

    private static JsonNode Body(OdcIpFilterRule rule)
    {
        var body = new JsonObject { ["name"] = rule.Name, ["ranges"] = ImportContext.List(rule.Ranges ?? []), ["isActive"] = rule.IsActive ?? true };
        foreach (var member in rule.Unknown ?? [])
            body[member.Key] = JsonNode.Parse(member.Value.GetRawText());
        return body;
    }

    private static string Text(OdcIpFilterRule rule) => string.Join("; ", rule.Ranges ?? []) + (rule.IsActive == false ? " (inactive)" : "");
}

/// <summary>How the apps of an IP filter group change, besides those that move to or from another group.</summary>
internal sealed record FilterApps(int Kept, IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    internal bool IsChange => Added.Count + Removed.Count > 0;

    internal IEnumerable<string> Of(OdcIpFilterGroup? group) => (group?.AssetKeys ?? []).Except(Removed, StringComparer.OrdinalIgnoreCase).Union(Added, StringComparer.OrdinalIgnoreCase);
}
