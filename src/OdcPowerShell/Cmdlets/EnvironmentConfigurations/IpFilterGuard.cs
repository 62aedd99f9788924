namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>What a change of an IP filter means for people and apps, before it is sent.</summary>
internal sealed class IpFilterGuard(ChangeCmdlet cmdlet, IReadOnlyList<string>? myAddresses)
{
    private const int MostNamed = 3;
    private readonly IReadOnlyList<IpRange> _specified = cmdlet.Run(_ => Task.FromResult<IReadOnlyList<IpRange>>([.. (myAddresses ?? []).Select(Single)]));

    private OdcClient Client => cmdlet.Client;

    /// <summary>Warns when a change locks this machine out, as far as its address is known.</summary>
    /// <param name="reach">From where the apps can be reached afterwards.</param>
    /// <param name="what">The group.</param>
    /// <param name="before">From where the apps that it concerns can be reached now; null for those of which it is not known. Empty if it concerns none.</param>
    internal void Warn(IpFilterReach reach, string what, IReadOnlyList<IpFilterReach?> before)
    {
        var known = _specified.Count > 0 ? [.. _specified.GroupBy(a => a.Text, StringComparer.Ordinal).Select(same => same.First())] : PublicAddresses.Of(Client.LocalAddresses);
        var lockedOut = before.Count == 0 ? [] : reach.LockedOut(known);
        var now = lockedOut.Where(a => before.Any(b => b is null || b.LockedOut([a]).Count == 0)).ToList();
        // Who specifies an address gets an answer; otherwise only what changes is of interest.
        var isStill = now.Count == 0;
        if (!isStill || _specified.Count == 0)
            lockedOut = now;
        if (lockedOut.Count > 0)
        {
            cmdlet.WriteWarning(
                $"{what}: this machine's {(lockedOut.Count == 1 ? "address" : "addresses")} {string.Join(", ", lockedOut)} {(!isStill ? "will be" : lockedOut.Count == 1 ? "is still" : "are still")} locked out: "
                + (reach.IsAllowList ? $"no active rule contains {(lockedOut.Count == 1 ? "it" : "them")}." : $"the active rules contain {(lockedOut.Count == 1 ? "it" : "them")}."));
        }
        else if (known.Count == 0 && reach is { IsAllowList: true, AllowsAll: false } && before.Any(b => b is null || !reach.KeepsAllOf(b)))
        {
            cmdlet.WriteWarning(
                $"{what}: whether this machine will be locked out is not known, because its network interfaces have only private addresses. Ask the administrator of your network for its public address, "
                + "and specify it with -MyAddress to check it.");
        }
    }

    /// <summary>Who can reach the apps of a group, for a question.</summary>
    /// <param name="reach">From where they can be reached.</param>
    /// <param name="keys">The apps that are in the group.</param>
    /// <param name="isDefault">Whether it is the stage's default group; null if it may be.</param>
    internal string Describe(IpFilterReach reach, IReadOnlyCollection<string> keys, bool? isDefault)
    {
        const string Others = "every app of the stage that is in no other group";
        return keys.Count > 0 || isDefault == false ? reach.Describe(Apps(keys))
            : isDefault == true ? $"{reach.Describe(Others)}: this is the stage's default group"
            : $"{reach.Describe(Apps(keys))}; this may be the stage's default group, and then it is so for {Others}";
    }

    /// <summary>Apps for a question: how many, and the names of the first.</summary>
    internal string Apps(IReadOnlyCollection<string> keys)
    {
        if (keys.Count == 0)
            return "apps that are added to it";
        Learn(keys.Take(MostNamed));
        return $"{keys.Count} {(keys.Count == 1 ? "app" : "apps")} ({string.Join(", ", keys.Take(MostNamed).Select(NameOf))}{(keys.Count > MostNamed ? ", …" : "")})";
    }

    /// <summary>The name of an app, if it is known.</summary>
    internal string NameOf(string key) => Client.Names.AssetNames.Of(key) ?? key;

    /// <summary>Makes sure that apps are in no other group of the stage, in which an app can be once. Uses the list that was read last, and reads it again before it rejects an app.</summary>
    /// <exception cref="OdcException">One is; the action has the commands that take them out.</exception>
    internal async Task<bool> CheckOthersAsync(string stageKey, string stage, string? ownKey, IReadOnlyCollection<ObjectReference> assets, ICaller caller, CancellationToken stopped)
    {
        if (assets.Count == 0 || (await OthersAsync()).Count == 0)
            return true;
        Client.Kept.Forget();
        if (await OthersAsync() is not { Count: > 0 } others)
            return true;
        var named = string.Join(", ", others.Select(o => $"{Text(o.Asset)} is in {o.Group}"));
        var commands = string.Join("; ", others.GroupBy(o => o.Group.Key, StringComparer.OrdinalIgnoreCase).Select(same =>
            $"Set-OdcIpFilterGroup {MessageText.Quoted(same.First().Group.ToString())} -Stage {MessageText.Quoted(stage)} -RemoveAsset {string.Join(", ", same.Select(o => MessageText.Quoted(Text(o.Asset))))}"));
        throw new OdcException(OdcErrorCause.Conflict, $"An app is in one IP filter group of a stage, and in {stage} {named}.", $"Take {(others.Count == 1 ? "it" : "them")} out first: {commands}.");

        async Task<List<(ObjectReference Asset, OdcIpFilterGroup Group)>> OthersAsync()
        {
            try
            {
                var all = await StageParts.IpFilterGroups(Client, stageKey).ReadAllAsync(caller, stopped);
                return [.. from asset in assets
                           from other in all
                           where !string.Equals(other.Key, ownKey, StringComparison.OrdinalIgnoreCase) && other.AssetKeys?.Contains(asset.Key, StringComparer.OrdinalIgnoreCase) == true
                           select (asset, other)];
            }
            catch (OdcApiException e) when (e.Cause == OdcErrorCause.AccessDenied)
            {
                caller.Warning($"Whether the apps are in another group is not checked, because the API client lacks a permission: {e.RequiredPermission}.");
                return [];
            }
        }
    }

    /// <summary>Reads the names of apps, if the user will see them.</summary>
    internal void Learn(IEnumerable<string> keys, bool always = false)
    {
        if (always || cmdlet.IsShown)
            cmdlet.Try<object?>(async stopped => { await Client.Names.AssetNames.LearnAsync(keys, cmdlet.Caller, stopped); return null; });
    }

    private string Text(ObjectReference asset) => asset.Name ?? NameOf(asset.Key!);

    private static IpRange Single(string text) => IpRange.Parse(text) is { IsSingle: true } address ? address : throw new OdcException(
        OdcErrorCause.InvalidRequest, $"-MyAddress '{text}' is more than one address.", "Specify the public address by which others see this machine, such as 203.0.113.7.");
}
