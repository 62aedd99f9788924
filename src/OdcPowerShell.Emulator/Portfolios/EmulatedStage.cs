using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

/// <summary>A stage (environment) of a tenant.</summary>
public sealed record EmulatedStage(
    Guid Key, string Name, string Purpose, int Order, [property: JsonPropertyName("builtinDomain")] string BuiltInDomain, string DefaultDomain)
{
    /// <summary>The region the stage runs in.</summary>
    public string Region { get; init; } = "eu-central-1";
    /// <summary>Who runs the stage: oscloud or selfhosted.</summary>
    public string Hosting { get; init; } = "oscloud";
    /// <summary>The state of the stage.</summary>
    public string Status { get; init; } = "Ready";
    /// <summary>The portfolio the stage belongs to.</summary>
    public Guid PortfolioKey { get; init; }

    internal static IReadOnlyList<EmulatedStage> Seed(string tenant, Derivation derive, Guid portfolio)
    {
        EmulatedStage Stage(string name, string purpose, int order, string host, string? domain = null) =>
            new(derive.Guid($"stage/{name}"), name, purpose, order, $"{host}.outsystems.app", domain ?? $"{host}.outsystems.app")
            {
                PortfolioKey = portfolio,
            };

        return
        [
            Stage("Development", "Development", 0, $"{tenant}-dev"),
            Stage("QA", "NonProduction", 1, $"{tenant}-tst"),
            Stage("Production", "Production", 2, tenant, $"apps.{tenant}.example"),
        ];
    }
}
