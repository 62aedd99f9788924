namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A group or an end-user role for new users.</summary>
internal sealed record AccessTarget(bool IsGroup, string Key, string Label)
{
    /// <summary>The error for a user who was created and did not get it.</summary>
    internal OdcException Explain(OdcUserImportResult result, OdcException why, string connectionParameter)
    {
        var user = MessageText.Quoted(result.Email);
        var line = IsGroup ? $"Add-OdcGroupUser -Group {Key} -User {user}{connectionParameter}" : $"Grant-OdcEndUserRole -EndUserRole {Key} -User {user}{connectionParameter}";
        return new OdcException(
            why.Cause, $"Row {result.Row}, {result.Email}: the user was created, but {(IsGroup ? "is not in" : "does not have")} {Label}: {why.Message}", $"{why.RecommendedAction} Then run: {line}", why);
    }
}

/// <summary>The groups and the end-user roles that a row names.</summary>
internal sealed record RowAccess(IReadOnlyList<AccessTarget> Groups, IReadOnlyList<AccessTarget> Roles)
{
    internal static RowAccess None { get; } = new([], []);

    internal bool IsNone => Groups.Count + Roles.Count == 0;
}

/// <summary>Looks up the groups and roles of rows. The same names of other rows are not looked up again.</summary>
internal sealed class RowAccessFinder(OdcClient client)
{
    private readonly Dictionary<(Type Type, string Text, string? StageKey, string? AssetKey), AccessTarget> _known = [];

    /// <exception cref="OdcException">A name or a key was not found, or stands for several.</exception>
    internal async Task<RowAccess> FindAsync(ObjectReference[] groups, ObjectReference[] roles, ObjectReference[] stages, ObjectReference[] assets, ICaller caller, CancellationToken cancellationToken)
    {
        var stageKeys = await StageKeysAsync(stages, caller, cancellationToken);
        var assetKeys = new List<string?>();
        foreach (var asset in roles.Length == 0 ? [] : assets)
            assetKeys.Add(await asset.ToKeyAsync(client, NameScope.None, caller, cancellationToken));
        return new RowAccess(
            await TargetsAsync(groups, stageKeys, [null], caller, cancellationToken),
            await TargetsAsync(roles, stageKeys, assetKeys.Count == 0 ? [null] : assetKeys, caller, cancellationToken));
    }

    private async Task<IReadOnlyList<string?>> StageKeysAsync(ObjectReference[] stages, ICaller caller, CancellationToken cancellationToken)
    {
        var keys = new List<string?>();
        foreach (var stage in stages)
            keys.Add(await stage.ToKeyAsync(client, NameScope.None, caller, cancellationToken));
        await client.Names.Stages.LearnAsync(caller, cancellationToken);
        if (client.Names.Stages.Loaded is { Count: > 0 } && keys.Find(key => client.Names.Stages.NameOf(key) is null) is { } unknown)
            throw ResourceTypes.Stage.NotFoundKey(unknown);
        return keys.Count == 0 ? [null] : keys;
    }

    private async Task<IReadOnlyList<AccessTarget>> TargetsAsync(
        ObjectReference[] references, IReadOnlyList<string?> stageKeys, IReadOnlyList<string?> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        var targets = new List<AccessTarget>();
        foreach (var reference in references)
        {
            if (reference.Failure is not null)
                throw reference.Failure;
            if (reference.Key is not null)
            {
                targets.Add(await ByKeyAsync(reference, reference.Key, stageKeys, assetKeys, caller, cancellationToken));
                continue;
            }

            foreach (var stageKey in stageKeys)
            {
                foreach (var assetKey in assetKeys)
                    targets.Add(await ByNameAsync(reference, stageKey, assetKey, caller, cancellationToken));
            }
        }

        return [.. targets.Distinct()];
    }

    private async Task<AccessTarget> ByNameAsync(ObjectReference reference, string? stageKey, string? assetKey, ICaller caller, CancellationToken cancellationToken)
    {
        var type = reference.Type;
        var id = (type.Type, reference.Text.ToUpperInvariant(), stageKey, assetKey);
        if (_known.TryGetValue(id, out var known))
            return known;
        try
        {
            var (key, found) = await type.FindAsync(client, reference.Text, new NameScope(stageKey is null ? null : [stageKey], assetKey), caller, cancellationToken);
            return _known[id] = new AccessTarget(type == ResourceTypes.Group, key, LabelOf(type, found));
        }
        catch (OdcException e) when (e.Cause == OdcErrorCause.NotFound && stageKey is not null)
        {
            throw new OdcException(
                OdcErrorCause.NotFound, $"Stage {client.Names.Stages.NameOf(stageKey) ?? stageKey} has no {type.Noun} with the name '{reference.Text}' that this API client can see{(assetKey is null ? "" : " of this asset")}.",
                e.RecommendedAction, e);
        }
    }

    // A group or a role that is specified by key must exist, and be one of the stages and assets of the row.
    private async Task<AccessTarget> ByKeyAsync(
        ObjectReference reference, string key, IReadOnlyList<string?> stageKeys, IReadOnlyList<string?> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        var type = reference.Type;
        var id = (type.Type, key.ToUpperInvariant(), (string?)null, (string?)null);
        if (!_known.TryGetValue(id, out var target) || stageKeys[0] is not null || assetKeys[0] is not null)
        {
            var found = await ReadAsync(type, key, caller, cancellationToken) ?? throw type.NotFoundKey(key);
            var (stageKey, assetKey) = type.Place!(found);
            if (stageKeys[0] is not null && !stageKeys.Contains(stageKey, StringComparer.OrdinalIgnoreCase))
            {
                throw new OdcException(
                    OdcErrorCause.InvalidRequest, $"The {LabelOf(type, found)} is of another stage than {string.Join(", ", stageKeys.Select(s => client.Names.Stages.NameOf(s) ?? s))}.",
                    "Correct the stage, or leave it out for a key.");
            }

            if (assetKeys[0] is not null && !assetKeys.Contains(assetKey, StringComparer.OrdinalIgnoreCase))
            {
                throw new OdcException(
                    OdcErrorCause.InvalidRequest, $"The {LabelOf(type, found)} is of another asset than the row.", "Correct the asset, or leave it out for a key.");
            }

            _known[id] = target = new AccessTarget(type == ResourceTypes.Group, key, LabelOf(type, found));
        }

        return target;
    }

    private async Task<OdcResource?> ReadAsync(ResourceType type, string key, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await type.Read!(client, key, caller, cancellationToken);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            return null;
        }
    }

    private string LabelOf(ResourceType type, OdcResource found)
    {
        switch (found)
        {
            case OdcGroup group:
                group.StageName ??= client.Names.Stages.NameOf(group.StageKey);
                break;
            case OdcEndUserRole role:
                role.StageName ??= client.Names.Stages.NameOf(role.StageKey);
                break;
            default:
                break;
        }

        return Described.Label(type, found, piped: null) ?? $"{type.Noun} {(found as INamed)?.Key}";
    }
}
