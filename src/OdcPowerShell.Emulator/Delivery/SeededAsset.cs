using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>An asset that every tenant starts with; its producers stand before it in the list.</summary>
internal sealed record SeededAsset(string Name, string Type, string Description, params string[] Producers)
{
    public string? TemplateType { get; init; }
    public bool IsBuiltIn { get; init; }
    public bool IsTagged { get; init; } = true;
    /// <summary>Whether it belongs to the second portfolio, which has no stages: it runs nowhere.</summary>
    public bool IsPartners { get; init; }
    /// <summary>Tags by revision; empty stands for some by rule.</summary>
    public ImmutableArray<string?> Tags { get; init; } = [];

    // By version 1.10.0 is the highest, by text 1.9.0.
    private static readonly ImmutableArray<string?> s_longTags = [null, "1.8.0", "1.9.0", "1.10.0", null, null];

    public static ImmutableArray<SeededAsset> All { get; } =
    [
        new("OutSystems UI", AssetTypes.LowCodeLibrary, "Patterns and widgets for screens.") { IsBuiltIn = true },
        new("Blank App", AssetTypes.WebApplication, "An empty app to start from.")
            { IsBuiltIn = true, IsTagged = false, TemplateType = "ApplicationTemplate" },
        new("Dashboard Screens", AssetTypes.LowCodeLibrary, "Screens with charts and lists.")
            { IsBuiltIn = true, IsTagged = false, TemplateType = "ScreenTemplateBundle" },
        new("Common UI", AssetTypes.LowCodeLibrary, "Layouts and blocks of the company.", "OutSystems UI"),
        new("Money Formats", AssetTypes.LowCodeLibrary, "Amounts, currencies and rounding.") { Tags = s_longTags },
        new("PDF Tools", AssetTypes.ExternalLibrary, "Makes and merges PDF documents."),
        new("Chart Widgets", AssetTypes.WidgetLibrary, "Charts as widgets."),
        new("Camera Kit", AssetTypes.MobileLibrary, "Camera and barcode scanner."),
        new("Legacy Crypto", AssetTypes.ExtensionLibrary, "Hashes of the old system.") { IsTagged = false },
        new("Payments Gateway", AssetTypes.ExternalConnection, "The bank's payment service.") { IsTagged = false },
        new("Policy Model", AssetTypes.AIModelConnection, "The model that reads policies.") { IsTagged = false },
        new("Warehouse", AssetTypes.WebApplication, "Stock and picking.", "Common UI", "Legacy Crypto") { IsTagged = false },
        new("Order Desk", AssetTypes.WebApplication, "From quote to delivery.", "Common UI", "Money Formats", "PDF Tools", "Warehouse")
            { Tags = s_longTags },
        new("Customer Portal", AssetTypes.WebApplication, "For customers.", "Common UI", "Money Formats", "Chart Widgets", "Order Desk"),
        new("Fleet", AssetTypes.WebApplication, "Vehicles and drivers.", "Common UI", "Money Formats"),
        new("Field Service", AssetTypes.WebApplication, "Visits of technicians.", "Common UI", "Fleet"),
        new("Invoicing", AssetTypes.WebApplication, "Invoices, reminders.", "Common UI", "Money Formats", "PDF Tools", "Payments Gateway"),
        new("HR Self Service", AssetTypes.WebApplication, "Holidays and personal data.", "Common UI"),
        new("Expenses", AssetTypes.WebApplication, "Travel and expenses.", "Common UI", "Money Formats", "HR Self Service"),
        new("Claims", AssetTypes.WebApplication, "Insurance claims.", "Common UI", "PDF Tools"),
        new("Supplier Hub", AssetTypes.WebApplication, "Suppliers and their offers.", "Common UI", "Money Formats", "Warehouse"),
        new("Quality Lab", AssetTypes.WebApplication, "Samples and results.", "Common UI", "Chart Widgets"),
        new("Board Reports", AssetTypes.WebApplication, "Figures for the board.", "Common UI", "Chart Widgets", "Invoicing"),
        new("Driver Go", AssetTypes.MobileApplication, "Routes and proofs of delivery.", "Common UI", "Camera Kit", "Fleet"),
        new("Claims Assistant", AssetTypes.Agent, "Reads claims and proposes a decision.", "Claims", "Policy Model"),
        new("Claim Approval", AssetTypes.Workflow, "From the claim to its payment.", "Claims", "Claims Assistant"),
        new("Partner Catalogue", AssetTypes.WebApplication, "Offers for partners.", "Common UI") { IsPartners = true, IsTagged = false },
    ];

    /// <summary>The assets of a tenant that wants so many; those above the fixed ones are apps.</summary>
    public static IEnumerable<SeededAsset> Take(int count) => All.Concat(Enumerable.Range(All.Length + 1, Math.Max(0, count - All.Length))
        .Select(number => new SeededAsset($"Application {number:000}", AssetTypes.WebApplication, "One of many.", "Common UI")));

    /// <summary>What it shares, by its type.</summary>
    public IReadOnlyList<PublicElement> Elements(Derivation derive)
    {
        var word = Name.Replace(" ", "", StringComparison.Ordinal);
        PublicElement Element(string name, string type, bool isHidden = false) =>
            new(derive.Guid($"element/{Name}/{name}"), name, type, $"{type} of {Name}.", isHidden);

        return Type switch
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
