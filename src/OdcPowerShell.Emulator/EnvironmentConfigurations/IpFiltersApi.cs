using System.Net;
using System.Net.Sockets;

namespace OdcPowerShell.Emulator;

/// <summary>A rule of an IP filter group, as requests and answers have it.</summary>
internal sealed record IpFilterRule(string? Name, IReadOnlyList<string>? Ranges, bool IsActive);

/// <summary>An IP filter group of a stage. Apps in none have the default group, whose list of apps is empty.</summary>
internal sealed record IpFilterGroup(Guid Key, string Name, string? Description, string AccessType, IReadOnlyList<IpFilterRule> IpRules, IReadOnlyList<Guid> AppKeys)
{
    /// <summary>Whether it came with the stage: it can't be deleted, and is the only one whose type can change.</summary>
    public bool IsDefault { get; init; }
}

/// <summary>The IP filter groups of stages.</summary>
internal sealed class IpFiltersApi(Store store, Derivation derive, bool isEmpty)
{
    private const string Groups = "/api/environment-configurations/v1/environments/{environmentKey}/ip-filter-groups";
    private const string One = Groups + "/{ipFilterGroupKey}";
    private const int Most = 20;

    public void Map(ApiMap map)
    {
        map.Get(Groups, Access.AnyPermission, List);
        map.Get(One, Access.AnyPermission, call => Body(Find(call, In(call, Permission.ViewConfigurations))));
        map.Post<GroupBody>(Groups, Access.AnyPermission, Create);
        map.Patch<GroupBody>(One, Access.AnyPermission, Change);
        map.Delete(One, Access.AnyPermission, Delete);
    }

    private List<IpFilterGroup> In(ApiCall call, string permission)
    {
        var (stage, network) = StageNetwork.Of(store, call, permission);
        if (network.IpFilterGroups.Count == 0)
            network.IpFilterGroups.AddRange(Seed(stage));
        return network.IpFilterGroups;
    }

    private IEnumerable<IpFilterGroup> Seed(EmulatedStage stage)
    {
        yield return new IpFilterGroup(derive.Guid($"ip-filter/{stage.Key}/default"), "Default", "All apps that are in no other group.", "DENYLIST", [], []) { IsDefault = true };
        if (!isEmpty && store.Assets.All.FirstOrDefault(asset => asset.Name == "HR Self Service") is { } app)
        {
            yield return new IpFilterGroup(
                derive.Guid($"ip-filter/{stage.Key}/office"), "Office", "Only from the offices.", "ALLOWLIST",
                [
                    new IpFilterRule("Head office", ["203.0.113.0/24", "2001:db8:10::/48"], IsActive: true),
                    new IpFilterRule("VPN", ["198.51.100.7"], IsActive: true),
                    new IpFilterRule("Old office", ["192.0.2.0-192.0.2.99"], IsActive: false),
                ],
                [app.Key]);
        }
    }

    private object List(ApiCall call)
    {
        var groups = In(call, Permission.ViewConfigurations);
        List<Guid> apps = [.. call.Query.Texts("appKeys").SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)).Select(text => QueryReader.ParseGuid("appKeys", text))];
        return new { Results = groups.Where(group => apps.Count == 0 || group.AppKeys.Intersect(apps).Any()).Select(Body).ToArray() };
    }

    private static IpFilterGroup Find(ApiCall call, List<IpFilterGroup> groups) =>
        groups.Find(group => group.Key == call.Key("ipFilterGroupKey")) ?? throw ProblemException.NotFound("IP filter group", call.Key("ipFilterGroupKey"));

    private object Create(ApiCall call, GroupBody body)
    {
        var groups = In(call, Permission.ManageIpFilters);
        if (body.AccessType is null)
            throw ProblemException.Missing("accessType");
        var made = Checked(new IpFilterGroup(store.NewKey("ip-filter"), body.Name ?? throw ProblemException.Missing("name"), Text(body.Description), body.AccessType, body.IpRules ?? [], body.AppKeys ?? []), groups);
        groups.Add(made);
        return new { made.Key };
    }

    private void Change(ApiCall call, GroupBody body)
    {
        var groups = In(call, Permission.ManageIpFilters);
        var group = Find(call, groups);
        if (body.AccessType is { } type && type != group.AccessType && !group.IsDefault)
            throw new ProblemException(400, 60, "The access type of a group can't be changed.");
        // Members that are absent stay; the lists are replaced as they are..
        var changed = group with
        {
            Name = body.Name ?? group.Name, Description = body.HasDescription ? Text(body.Description) : group.Description, AccessType = body.AccessType ?? group.AccessType,
            IpRules = body.IpRules ?? group.IpRules, AppKeys = body.AppKeys ?? group.AppKeys,
        };
        groups[groups.IndexOf(group)] = Checked(changed, groups);
    }

    private void Delete(ApiCall call)
    {
        var groups = In(call, Permission.ManageIpFilters);
        var group = Find(call, groups);
        if (group.IsDefault)
            throw new ProblemException(400, 61, "The default group can't be deleted.");
        groups.Remove(group);
    }

    private IpFilterGroup Checked(IpFilterGroup group, List<IpFilterGroup> all)
    {
        var others = all.Where(other => other.Key != group.Key).ToList();
        if (group.Name.Length == 0)
            throw ProblemException.BadParameter("The name is empty.");
        if (others.Exists(other => string.Equals(other.Name, group.Name, StringComparison.OrdinalIgnoreCase)))
            throw new ProblemException(409, 60, $"The stage already has a group '{group.Name}'.");
        if (group.AccessType is not ("ALLOWLIST" or "DENYLIST"))
            throw ProblemException.BadParameter($"There is no access type '{group.AccessType}'.");
        if (group.IpRules.Count > Most)
            throw new ProblemException(400, 62, $"A group has {Most} rules at most.");
        foreach (var rule in group.IpRules)
            Check(rule);
        foreach (var key in group.AppKeys)
        {
            if (store.Assets.Find(key) is not { IsDeployable: true } app || app.Type == "Agent")
                throw new ProblemException(400, 63, $"There is no app '{key}' that can be in a group.");
            if (others.Find(other => other.AppKeys.Contains(key)) is { } other)
                throw new ProblemException(409, 61, $"The app '{app.Name}' is already in the group '{other.Name}'.");
        }

        return group with { AppKeys = [.. group.AppKeys.Distinct()] };
    }

    private static void Check(IpFilterRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Name))
            throw new ProblemException(400, 64, "A rule has no name.");
        if (rule.Ranges is not { Count: > 0 and <= Most })
            throw new ProblemException(400, 65, $"The rule '{rule.Name}' must have 1 to {Most} ranges.");
        if (rule.Ranges.FirstOrDefault(range => !IsRange(range)) is { } wrong)
            throw new ProblemException(400, 66, $"The range '{wrong}' of the rule '{rule.Name}' is not valid.");
    }

    private static bool IsRange(string text) => text.Split('-') is [var first, var last]
        ? IPAddress.TryParse(first, out var from) && IPAddress.TryParse(last, out var to) && from.AddressFamily == to.AddressFamily && Compare(from, to) <= 0
        : text.Contains('/', StringComparison.Ordinal) ? IPNetwork.TryParse(text, out _) : IPAddress.TryParse(text, out var address) && IsWhole(address, text);

    // .NET reads 10.1 as 10.0.0.1.
    private static bool IsWhole(IPAddress address, string text) => address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3;

    private static int Compare(IPAddress one, IPAddress other) => one.GetAddressBytes().AsSpan().SequenceCompareTo(other.GetAddressBytes());

    private static string? Text(JsonNode? description) => description?.GetValue<string>();

    private static object Body(IpFilterGroup group) => new { group.Name, group.Description, group.AccessType, group.IpRules, group.AppKeys, group.Key };

    private sealed class GroupBody
    {
        public string? Name { get; init; }
        public string? AccessType { get; init; }
        public IReadOnlyList<IpFilterRule>? IpRules { get; init; }
        public IReadOnlyList<Guid>? AppKeys { get; init; }

        public JsonNode? Description
        {
            get;
            init
            {
                field = value;
                HasDescription = true;
            }
        }

        /// <summary>Whether the body has a description, which null clears.</summary>
        [System.Text.Json.Serialization.JsonIgnore]
        public bool HasDescription { get; private init; }
    }
}
