namespace OdcPowerShell.Emulator;

/// <summary>What seeded assets share, by their type.</summary>
internal static class SeededElements
{
    public static IReadOnlyList<PublicElement> Of(SeededAsset seeded, Derivation derive)
    {
        var word = seeded.Name.Replace(" ", "", StringComparison.Ordinal);
        PublicElement Element(string name, string type, bool isHidden = false) =>
            new(derive.Guid($"element/{seeded.Name}/{name}"), name, type, $"{type} of {seeded.Name}.", isHidden);

        return seeded.Type switch
        {
            AssetTypes.WebApplication or AssetTypes.MobileApplication =>
            [
                Element($"Get{word}", "ServiceAction"), Element(word, "ServerEntity"), Element($"{word}Changed", "Event"),
                Element($"{word}Record", "Structure", isHidden: true), Element($"{word}User", "Role"),
            ],
            AssetTypes.LowCodeLibrary or AssetTypes.WidgetLibrary or AssetTypes.MobileLibrary =>
            [
                Element($"{word}Layout", "Block"), Element($"{word}Format", "ClientAction"),
                Element($"{word}Logo", "Image", isHidden: true), Element($"{word}Options", "Structure"), Element($"{word}Theme", "Theme"),
            ],
            AssetTypes.Agent or AssetTypes.Workflow => [Element($"Run{word}", "ServiceAction"), Element($"{word}Result", "Structure")],
            _ => [Element($"{word}Call", "ServerAction"), Element($"{word}Input", "Structure"), Element($"{word}Output", "Structure")],
        };
    }
}
