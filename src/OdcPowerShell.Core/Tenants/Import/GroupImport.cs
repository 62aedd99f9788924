using System.Text.Json.Nodes;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tenants;

/// <summary>Plans the changes of groups: their roles, and after the users their members.</summary>
internal sealed class GroupImport(ImportContext context)
{
    internal async Task PlanAsync(TenantDocument wanted, TenantDocument? now)
    {
        var delta = new TenantDelta(wanted, now, context.Prunes);
        var describes = delta.Differs("description");
        var roles = delta.Items("roles");
        List<string> added = [];
        foreach (var (name, item) in roles.Added)
        {
            if (context.ResolveRole(wanted, $"roles[{name}]", wanted.Stage, item) is { } key)
                added.Add(key);
            else
                delta.Drop($"roles[{name}]");
        }

        var removed = roles.Removed.SelectMany(r => context.Keys.All(TenantKeys.EndUserRole, wanted.Stage, $"{TenantDelta.Text(r.Item["asset"])}/{TenantDelta.Text(r.Item["role"])}")).ToList();
        var mappings = await MappingsAsync(wanted, now, delta).ConfigureAwait(false);
        if (now is null)
            Create(wanted, delta, added);
        else if (delta.Changes.Count > 0)
            Change(wanted, now, delta, describes, added, removed, mappings);
    }

    /// <summary>Plans who is put into groups, and with -Prune who is taken out. It comes after the users, who may be new.</summary>
    internal void PlanMembers()
    {
        foreach (var wanted in context.Source.Content.Documents.Where(d => d.Kind == TenantKinds.Group && d.Content["users"] is not null && context.Keys.Stage(d.Stage!) is not null))
        {
            var now = context.Match(wanted);
            // Its members are not known.
            if (now is null && context.Now.Unread.Any(u => u.Covers(wanted.Kind, wanted.Stage, wanted.Name)))
                continue;
            var delta = new TenantDelta(wanted, now, context.Prunes);
            var users = delta.Items("users");
            List<string> added = [.. users.Added.Select(u => u.Name).Where(email => IsKnown(email) || context.Resolve(wanted, $"users[{email}]", TenantKinds.User.Noun, null, email) is not null)];
            foreach (var (email, _) in users.Added.Where(u => !added.Contains(u.Name)))
                delta.Drop($"users[{email}]");
            if (delta.Changes.Count == 0)
                continue;
            var removed = users.Removed.Select(u => u.Name).ToList();
            Func<ApiRequest> request = () => IdentityApi.PatchUsersOfGroup.Request([context.Keys.Of(wanted.Kind, wanted.Stage, wanted.Name)], body: Members("userKeysToAdd", Keys(added), "userKeysToRemove", Keys(removed)));
            context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name)
            {
                Changes = delta.Changes,
                Needs = context.Creating([(wanted.Kind, wanted.Stage, wanted.Name), .. added.Select(email => (TenantKinds.User, (string?)null, email))]),
                Preview = request,
                Send = sender => sender.ChangeAsync(request()),
            });
        }

        bool IsKnown(string email) => context.Creating([(TenantKinds.User, null, email)]).Count > 0 || context.Keys.All(TenantKinds.User.Noun, null, email).Count == 1;

        IEnumerable<string> Keys(IEnumerable<string> emails) => emails.Select(email => context.Keys.Of(TenantKinds.User, null, email));
    }

    /// <summary>Plans the removal of a group. The service removes only groups without users, so that they are taken out before.</summary>
    internal async Task RemoveAsync(TenantDocument now)
    {
        var group = (await context.Reader.GroupsAsync().ConfigureAwait(false)).Items.FirstOrDefault(g => g.GroupKey == now.Key);
        if (group is null)
            return;
        var users = await context.Reader.UsersOfGroupAsync(group).ConfigureAwait(false);
        if (users.Reason is { } reason)
        {
            context.Skip(now, $"it is not removed, because its users can't be read: {reason}");
            return;
        }

        Func<ApiRequest> request = () => IdentityApi.DeleteGroup.Request([now.Key!]);
        context.Add(new TenantStep(TenantAction.Remove, now.Kind, now.Stage, now.Name)
        {
            Effect = users.Items.Count == 0 ? null : FormattableString.Invariant($"{users.Items.Count} {(users.Items.Count == 1 ? "user loses" : "users lose")} its roles"),
            Preview = request,
            Send = async sender =>
            {
                // As they are now, and not as they were when the plan was made.
                foreach (var mapping in group.ClaimMappings ?? [])
                    await sender.RemoveAsync(IdentityApi.DeleteClaimMapping.Request([now.Key!, mapping.MappingKey!])).ConfigureAwait(false);
                var members = (await sender.Fresh().UsersOfGroupAsync(group).ConfigureAwait(false)).Items.Select(u => u.UserKey).OfType<string>().ToList();
                if (members.Count > 0)
                    await sender.ChangeAsync(IdentityApi.PatchUsersOfGroup.Request([now.Key!], body: Members("userKeysToAdd", [], "userKeysToRemove", members))).ConfigureAwait(false);
                await sender.RemoveAsync(request()).ConfigureAwait(false);
            },
        });
    }

    private void Create(TenantDocument wanted, TenantDelta delta, List<string> roles)
    {
        var body = new JsonObject { ["name"] = wanted.Name, ["environmentKey"] = context.Keys.Stage(wanted.Stage!)!.StageKey };
        if (delta["description"] is { } description)
            body["description"] = description;
        if (roles.Count > 0)
            body["applicationRoleKeys"] = ImportContext.List(roles);
        Func<ApiRequest> request = () => IdentityApi.CreateGroup.Request([], body: ImportContext.Body(body));
        context.Add(new TenantStep(TenantAction.Create, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = delta.Changes,
            Preview = request,
            Send = async sender => context.Keys.Add(wanted.Kind.Noun, wanted.Stage, wanted.Name, await sender.CreateAsync(request(), IdentityApi.CreateGroup, async fresh =>
                (await fresh.GroupsAsync().ConfigureAwait(false)).Items.FirstOrDefault(g => ImportContext.IsSame(g.Name, wanted.Name) && ImportContext.IsSame(g.StageKey, context.Keys.Stage(wanted.Stage!)!.StageKey))?.GroupKey).ConfigureAwait(false)),
        });
    }

    private void Change(TenantDocument wanted, TenantDocument now, TenantDelta delta, bool describes, List<string> added, List<string> removed, IReadOnlyList<string> mappings)
    {
        List<Func<ApiRequest>> requests = [];
        // Null may mean that the description stays.
        if (describes)
            requests.Add(() => IdentityApi.PatchGroup.Request([now.Key!], body: ImportContext.Body(new JsonObject { ["description"] = delta["description"] ?? "" })));
        if (added.Count + removed.Count > 0)
            requests.Add(() => IdentityApi.PatchEndUserRolesOfGroup.Request([now.Key!], body: Members("applicationRoleKeysToAdd", added, "applicationRoleKeysToRemove", removed)));
        requests.AddRange(mappings.Select(mapping => (Func<ApiRequest>)(() => IdentityApi.DeleteClaimMapping.Request([now.Key!, mapping]))));
        if (requests.Count == 0)
            return;
        context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = delta.Changes,
            Preview = requests[0],
            Send = async sender =>
            {
                foreach (var request in requests)
                    await sender.ChangeAsync(request()).ConfigureAwait(false);
            },
        });
    }

    // Claim mappings can be removed through the API, and not added. Returns the keys of those to remove.
    private async Task<IReadOnlyList<string>> MappingsAsync(TenantDocument wanted, TenantDocument? now, TenantDelta delta)
    {
        var items = delta.Items("claimMappings");
        foreach (var (name, _) in items.Added.Concat(items.Changed))
        {
            delta.Drop($"claimMappings[{name}]");
            context.Skip(wanted, "the API can't add claim mappings: add it in the ODC Portal, in the group", new TenantPropertyChange($"claimMappings[{name}]", null, name));
        }

        if (items.Removed.Count == 0)
            return [];
        var group = (await context.Reader.GroupsAsync().ConfigureAwait(false)).Items.FirstOrDefault(g => g.GroupKey == now!.Key);
        return [.. (group?.ClaimMappings ?? []).Where(m => items.Removed.Exists(r => IsSame(r.Item, m))).Select(m => m.MappingKey).OfType<string>()];
    }

    private bool IsSame(JsonNode item, OdcGroupClaimMapping mapping) => TenantDelta.Text(item["identityProvider"]) == context.Names.IdentityProvider(mapping.IdentityProviderKey)
        && TenantDelta.Text(item["claim"]) == mapping.ForeignClaim?.Name && TenantDelta.Text(item["value"]) == mapping.ForeignClaim?.Value
        && (TenantDelta.Text(item["valueDelimiter"]) ?? "") == (mapping.ForeignClaim?.ValueDelimiter ?? "");

    private static ApiBody Members(string toAdd, IEnumerable<string> added, string toRemove, IEnumerable<string> removed)
    {
        var body = new JsonObject();
        foreach (var (member, keys) in new[] { (toAdd, ImportContext.List(added)), (toRemove, ImportContext.List(removed)) })
        {
            if (keys.Count > 0)
                body[member] = keys;
        }

        return ImportContext.Body(body);
    }
}
