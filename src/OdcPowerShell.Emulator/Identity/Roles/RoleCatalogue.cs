using System.Collections.Immutable;
using System.Numerics;

namespace OdcPowerShell.Emulator;

/// <summary>An end-user role of an asset in one stage, and the group seeded to hand it down.</summary>
public sealed record EmulatedRole(
    Guid Key, string Name, Guid StageKey, Guid AssetKey, Guid ExternalKey, Guid GroupKey, string GroupName);

/// <summary>The end-user roles of a tenant; a user holds them as bits, so filters are one comparison.</summary>
internal sealed class RoleCatalogue
{
    /// <summary>Twenty roles in three stages: 60 of the 64 bits.</summary>
    public const int RolesPerStage = 20;

    private static readonly ImmutableArray<(string Asset, string[] Roles)> s_assets =
    [
        ("Customer Portal", ["Customer", "Support"]),
        ("Order Desk", ["Clerk", "Approver"]),
        ("Field Service", ["Technician", "Dispatcher"]),
        ("Invoicing", ["Accountant"]),
        ("Warehouse", ["Picker", "Manager"]),
        ("HR Self Service", ["Employee", "HR Officer"]),
        ("Expenses", ["Employee"]),
        ("Claims", ["Handler", "Auditor"]),
        ("Fleet", ["Driver"]),
        ("Supplier Hub", ["Supplier", "Buyer"]),
        ("Quality Lab", ["Analyst"]),
        ("Board Reports", ["Reader", "Editor"]),
    ];

    private readonly Dictionary<Guid, ulong> _assetBits = [];
    private readonly Dictionary<Guid, ulong> _stageBits = [];
    private readonly Dictionary<Guid, ulong> _bits = [];
    private readonly EmulatedRole[] _roles;

    public RoleCatalogue(Derivation derive, IReadOnlyList<EmulatedStage> stages)
    {
        _roles = [.. s_assets.SelectMany(entry => entry.Roles.SelectMany(role => stages.Select(stage => new EmulatedRole(
            derive.Guid($"role/{entry.Asset}/{role}/{stage.Name}"),
            role,
            stage.Key,
            derive.Guid($"asset/{entry.Asset}"),
            derive.Guid($"role/{entry.Asset}/{role}"),
            derive.Guid($"group/{entry.Asset}/{role}/{stage.Name}"),
            $"{entry.Asset} {role} Team"))))];
        for (var i = 0; i < _roles.Length; i++)
        {
            _assetBits[_roles[i].AssetKey] = _assetBits.GetValueOrDefault(_roles[i].AssetKey) | (1UL << i);
            _stageBits[_roles[i].StageKey] = _stageBits.GetValueOrDefault(_roles[i].StageKey) | (1UL << i);
            _bits[_roles[i].Key] = 1UL << i;
        }

        AssetNames = s_assets.ToDictionary(entry => derive.Guid($"asset/{entry.Asset}"), entry => entry.Asset);
    }

    /// <summary>All roles; the place of a role is that of its bit.</summary>
    public IReadOnlyList<EmulatedRole> All => _roles;

    /// <summary>The names of the assets that have roles.</summary>
    public IReadOnlyDictionary<Guid, string> AssetNames { get; }

    /// <summary>The bit of a role; 0 when there is no such role.</summary>
    public ulong Bit(Guid role) => _bits.GetValueOrDefault(role);

    public ulong OfAsset(Guid asset) => _assetBits.GetValueOrDefault(asset);

    public ulong OfStages(IEnumerable<Guid> stages) => stages.Aggregate(0UL, (bits, stage) => bits | _stageBits.GetValueOrDefault(stage));

    public IEnumerable<EmulatedRole> Of(ulong bits)
    {
        for (; bits != 0; bits &= bits - 1)
            yield return _roles[BitOperations.TrailingZeroCount(bits)];
    }
}
