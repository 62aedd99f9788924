using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>The types of assets and what can be done with each.</summary>
internal static class AssetTypes
{
    public const string WebApplication = "WebApplication";
    public const string MobileApplication = "MobileApplication";
    public const string LowCodeLibrary = "LowCodeLibrary";
    public const string ExtensionLibrary = "ExtensionLibrary";
    public const string ExternalLibrary = "ExternalLibrary";
    public const string WidgetLibrary = "WidgetLibrary";
    public const string MobileLibrary = "MobileLibrary";
    public const string Workflow = "Workflow";
    public const string Agent = "Agent";
    public const string ExternalConnection = "ExternalConnection";
    public const string AIModelConnection = "AIModelConnection";

    /// <summary>Those that run in stages, as the list of deployed assets filters them.</summary>
    public static ImmutableArray<string> Deployable { get; } = [WebApplication, MobileApplication, Workflow, Agent];

    /// <summary>Those that travel inside their consumers.</summary>
    public static ImmutableArray<string> Libraries { get; } =
        [LowCodeLibrary, ExtensionLibrary, ExternalLibrary, WidgetLibrary, MobileLibrary];

    /// <summary>Those that can be made from a template or empty.</summary>
    public static ImmutableArray<string> Creatable { get; } =
        [WebApplication, MobileApplication, MobileLibrary, LowCodeLibrary, Agent, Workflow];

    /// <summary>Those that the answer to a creation can name.</summary>
    public static ImmutableArray<string> InCreationAnswer { get; } =
        [WebApplication, MobileApplication, LowCodeLibrary, ExtensionLibrary, ExternalConnection, ExternalLibrary];

    public static ImmutableArray<string> All { get; } =
    [
        WebApplication, MobileApplication, LowCodeLibrary, ExtensionLibrary, ExternalConnection, ExternalLibrary, Workflow, WidgetLibrary,
        MobileLibrary, AIModelConnection, "SearchServiceConnection", Agent, "MCPConnection", "A2AConnection", "KnowledgeBase",
    ];
}
