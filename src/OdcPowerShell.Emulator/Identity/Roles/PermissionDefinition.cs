using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>A permission that organization roles can have; the category and name make its name in the API documentation.</summary>
public sealed record PermissionDefinition(Guid Key, string Name, string Category, string Purpose)
{
    /// <summary>Whether a role can have it for some stages only.</summary>
    public bool AllowStages { get; init; }

    /// <summary>Whether a role can have it for some portfolios only.</summary>
    public bool AllowPortfolios { get; init; }

    /// <summary>Whether it also counts in a role granted for an asset.</summary>
    public bool AllowAssets { get; init; }

    /// <summary>The permissions it brings with it.</summary>
    public IReadOnlyList<Guid> Inherits { get; init; } = [];

    /// <summary>The name of the claim that carries it.</summary>
    public string ClaimName => $"{Category}.{Name}".Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    internal static ImmutableArray<PermissionDefinition> Seed(Derivation derive) =>
        [.. Permission.All.Select(name => Create(name, derive))];

    private static PermissionDefinition Create(string fullName, Derivation derive)
    {
        Guid Key(string name) => derive.Guid($"permission/{name}");
        var parts = fullName.Split(" > ");
        var (category, name) = (parts[0], parts[1]);
        return new PermissionDefinition(Key(fullName), name, category, $"Lets members {char.ToLowerInvariant(name[0])}{name[1..]}.")
        {
            AllowStages = category is "Stage" or "Release management" or "Configuration management",
            AllowPortfolios = category is "Stage" or "Portfolio management",
            AllowAssets = category is "Asset management" or "Release management" or "Analyze",
            Inherits = fullName == Permission.ManageUsers ? [Key(Permission.ViewMembers), Key(Permission.ViewEndUsers)] : [],
        };
    }
}
