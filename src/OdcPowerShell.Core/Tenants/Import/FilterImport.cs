using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tenants;

/// <summary>Plans the changes of IP filter groups. An app is in one group of a stage: one that moves is taken out of its group first.</summary>
internal sealed class FilterImport(ImportContext context)
{
    private readonly Dictionary<string, IReadOnlyList<OdcIpFilterGroup>> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _apps = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the groups of all stages, which were read already.</summary>
    internal async Task PrepareAsync()
    {
        foreach (var stage in context.Now.Documents.Where(d => d.Kind == TenantKinds.IpFilterGroup).Select(d => d.Stage!).Distinct(StringComparer.OrdinalIgnoreCase))
            _groups[stage] = (await context.Reader.IpFilterGroupsAsync(context.Keys.Stage(stage)!).ConfigureAwait(false)).Items;
        foreach (var group in _groups.Values.SelectMany(g => g))
            _apps[group.IpFilterGroupKey!] = [.. group.AssetKeys ?? []];
    }

    /// <summary>Takes apps that the files have in another group out of their present one.</summary>
    internal void PlanMoves()
    {
        var wanted = new Dictionary<(string Stage, string App), TenantDocument>();
        foreach (var document in context.Source.Content.Documents.Where(d => d.Kind == TenantKinds.IpFilterGroup && context.Keys.Stage(d.Stage!) is not null))
        {
            // An app stays where it is if its new group can't be changed.
            if (context.Match(document) is null && context.Now.IsUnread(document.Kind, document.Stage, document.Name))
                continue;
            foreach (var app in TenantDelta.Texts(document.Content["assets"]).SelectMany(name => context.Keys.All(TenantKeys.Asset, null, name)))
                wanted[(document.Stage!.ToUpperInvariant(), app)] = document;
        }

        foreach (var now in context.Now.Documents.Where(d => d.Kind == TenantKinds.IpFilterGroup))
        {
            var group = Typed(now);
            var moving = _apps[group.IpFilterGroupKey!].Where(app => wanted.TryGetValue((now.Stage!.ToUpperInvariant(), app), out var to) && !ReferenceEquals(context.Match(to), now)).ToList();
            if (moving.Count == 0)
                continue;
            _apps[group.IpFilterGroupKey!].RemoveAll(moving.Contains);
            List<string> left = [.. _apps[group.IpFilterGroupKey!]];
            Func<ApiRequest> request = () => EnvironmentConfigurationsApi.PatchIpFilterGroup.Request(KeysOf(now), body: ImportContext.Body(new JsonObject { ["appKeys"] = ImportContext.List(left) }));
            context.Add(new TenantStep(TenantAction.Change, now.Kind, now.Stage, now.Name)
            {
                Changes = [.. moving.Select(app => new TenantPropertyChange($"assets[{context.AssetName(app)}]", context.AssetName(app), null))],
                Effect = "they get another group of the files afterwards",
                Reach = new FilterReach(DefaultReach(now.Stage!), [new IpFilterReach(group.AccessType, group.Rules ?? [])]),
                Preview = request,
                Send = sender => SendAsync(sender, request),
            });
        }
    }

    internal void Plan(TenantDocument wanted, TenantDocument? now)
    {
        var delta = new TenantDelta(wanted, now, context.Prunes);
        var group = now is null ? null : Typed(now);
        var body = new JsonObject();
        if (delta.Differs("description"))
            body["description"] = delta["description"];
        var type = TypeOf(wanted, group, delta, body);
        var rules = RulesOf(wanted, group, delta, body);
        var apps = AppsOf(wanted, group, delta, body);
        if (now is not null && body.Count == 0)
            return;
        var reach = new FilterReach(new IpFilterReach(type, rules), Before(wanted.Stage!, group, apps));
        if (now is not null)
        {
            Func<ApiRequest> patch = () => EnvironmentConfigurationsApi.PatchIpFilterGroup.Request(KeysOf(now), body: ImportContext.Body(body));
            context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name) { Changes = delta.Changes, Effect = reach.After.Describe("its apps"), Reach = reach, Preview = patch, Send = sender => SendAsync(sender, patch) });
            return;
        }

        (body["name"], body["accessType"]) = (wanted.Name, type);
        var stage = context.Keys.Stage(wanted.Stage!)!;
        Func<ApiRequest> post = () => EnvironmentConfigurationsApi.PostIpFilterGroup.Request([stage.StageKey!], body: ImportContext.Body(body));
        context.Add(new TenantStep(TenantAction.Create, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = delta.Changes,
            Effect = reach.After.Describe("its apps"),
            Reach = reach,
            Preview = post,
            Send = sender => sender.CreateAsync(post(), EnvironmentConfigurationsApi.PostIpFilterGroup, async fresh =>
                (await fresh.IpFilterGroupsAsync(stage).ConfigureAwait(false)).Items.FirstOrDefault(g => ImportContext.IsSame(g.Name, wanted.Name))?.IpFilterGroupKey),
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

    // The service replaces the whole list.
    private List<OdcIpFilterRule> RulesOf(TenantDocument wanted, OdcIpFilterGroup? group, TenantDelta delta, JsonObject body)
    {
        var rules = (wanted.Content["rules"] as JsonArray ?? []).OfType<JsonObject>().Select(rule => IpFilterRules.Checked(
            TenantDelta.Text(rule["name"]), TenantDelta.Texts(rule["ranges"]), TenantDelta.Flag(rule["isActive"]) ?? true, context.Reader.Caller.Warning)).ToList();
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
            throw new OdcException(OdcErrorCause.InvalidRequest, $"{Capital(wanted)} would have {after.Count} rules: a group has {IpFilterRules.Most} at most.", "Put addresses together in the file, or remove rules with -Prune.");
        if (delta.Changes.Any(c => c.Property.StartsWith("rules[", StringComparison.Ordinal)))
            body["ipRules"] = new JsonArray([.. after.Select(Body)]);
        return after;
    }

    private (int Kept, int New) AppsOf(TenantDocument wanted, OdcIpFilterGroup? group, TenantDelta delta, JsonObject body)
    {
        var now = group is null ? [] : _apps[group.IpFilterGroupKey!];
        List<string> keys = [];
        foreach (var name in TenantDelta.Texts(wanted.Content["assets"]))
        {
            if (context.Resolve(wanted, $"assets[{name}]", TenantKeys.Asset, null, name) is not { } key)
                continue;
            keys.Add(key);
            if (!now.Contains(key, StringComparer.OrdinalIgnoreCase))
                delta.Add($"assets[{name}]", null, name);
        }

        var added = keys.Except(now, StringComparer.OrdinalIgnoreCase).ToList();
        var removed = context.Prunes ? now.Except(keys, StringComparer.OrdinalIgnoreCase).ToList() : [];
        foreach (var key in removed)
            delta.Add($"assets[{context.AssetName(key)}]", context.AssetName(key), null);
        if (added.Count + removed.Count > 0)
            body["appKeys"] = ImportContext.List(now.Except(removed, StringComparer.OrdinalIgnoreCase).Concat(added));
        return (now.Count - removed.Count, added.Count);
    }

    // The apps that stay have the group as it is now, those that come the default group.
    private List<IpFilterReach?> Before(string stage, OdcIpFilterGroup? group, (int Kept, int New) apps)
    {
        List<IpFilterReach?> before = [];
        if (group is not null && (apps.Kept > 0 || group.IsUsualDefault))
            before.Add(new IpFilterReach(group.AccessType, group.Rules ?? []));
        if (apps.New > 0)
            before.Add(DefaultReach(stage));
        return before;
    }

    private IpFilterReach DefaultReach(string stage) => _groups.TryGetValue(stage, out var groups) && groups.FirstOrDefault(g => g.IsUsualDefault) is { } usual ? new IpFilterReach(usual.AccessType, usual.Rules ?? []) : new IpFilterReach("DENYLIST", []);

    private OdcIpFilterGroup Typed(TenantDocument now) => _groups[now.Stage!].First(g => g.IpFilterGroupKey == now.Key);

    private string[] KeysOf(TenantDocument now) => [context.Keys.Stage(now.Stage!)!.StageKey!, now.Key!];

    private static Task SendAsync(StepSender sender, Func<ApiRequest> request) => sender.ChangeAsync(request());

    private static JsonNode Body(OdcIpFilterRule rule)
    {
        var body = new JsonObject { ["name"] = rule.Name, ["ranges"] = ImportContext.List(rule.Ranges ?? []), ["isActive"] = rule.IsActive ?? true };
        foreach (var member in rule.Unknown ?? [])
            body[member.Key] = JsonNode.Parse(member.Value.GetRawText());
        return body;
    }

    private static string Text(OdcIpFilterRule rule) => string.Join("; ", rule.Ranges ?? []) + (rule.IsActive == false ? " (inactive)" : "");

    private static string Capital(TenantDocument document) => char.ToUpperInvariant(document.ToString()[0]) + document.ToString().Substring(1);
}
