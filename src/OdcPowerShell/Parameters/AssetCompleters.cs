using System.Collections;

namespace OdcPowerShell.Parameters;

/// <summary>The types of assets.</summary>
public sealed class AssetTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) =>
    [
        "WebApplication", "MobileApplication", "LowCodeLibrary", "MobileLibrary", "ExtensionLibrary", "ExternalConnection", "ExternalLibrary", "Workflow",
        "WidgetLibrary", "AIModelConnection", "SearchServiceConnection", "Agent", "MCPConnection", "A2AConnection", "KnowledgeBase",
    ];
}

/// <summary>The types of templates.</summary>
public sealed class TemplateTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["ApplicationTemplate", "ScreenTemplateBundle"];
}

/// <summary>The permissions by which assets are filtered.</summary>
public sealed class PermissionTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) =>
    [
        "AppDebug", "AppChange", "AppDelete", "AppUserView", "AppDeploy", "AppRelease", "AppMonitor", "AppMonitorUserInfo", "AppAccessManage", "CfgView",
        "AppCfgChange", "ConnConfig", "AppViewSourceCode", "AppGroupManage", "CodeQualityView", "CodeQualityManage",
    ];
}

/// <summary>What can be embedded in assets and revisions.</summary>
public sealed class AssetEmbedCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["releaseNote", "icon", "sourceCode", "signature", "metadata"];
}

/// <summary>The fields by which assets are sorted.</summary>
public sealed class AssetSortCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["name", "createdAt"];
}

/// <summary>The fields by which revisions are sorted.</summary>
public sealed class RevisionSortCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["revision", "tag"];
}

/// <summary>Which producers are wanted.</summary>
public sealed class ProducerTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Deployable", "Libraries", "All"];
}

/// <summary>The one field by which lists of dependencies are sorted.</summary>
public sealed class NameSortCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["name"];
}

/// <summary>Usual types of public elements; the service has more.</summary>
public sealed class ElementTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) =>
        ["ServiceAction", "ServerAction", "ClientAction", "ServerEntity", "StaticEntity", "Structure", "Block", "Screen", "Event", "Role", "Theme", "Image"];
}
