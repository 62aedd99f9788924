namespace OdcPowerShell.Parameters;

/// <summary>The types of assets.</summary>
public sealed class AssetTypeCompleter() : KnownValueCompleter(
    "WebApplication", "MobileApplication", "LowCodeLibrary", "MobileLibrary", "ExtensionLibrary", "ExternalConnection", "ExternalLibrary",
    "Workflow", "WidgetLibrary", "AIModelConnection", "SearchServiceConnection", "Agent", "MCPConnection", "A2AConnection", "KnowledgeBase");

/// <summary>The types of templates.</summary>
public sealed class TemplateTypeCompleter() : KnownValueCompleter("ApplicationTemplate", "ScreenTemplateBundle");

/// <summary>The permissions by which assets are filtered.</summary>
public sealed class PermissionTypeCompleter() : KnownValueCompleter(
    "AppDebug", "AppChange", "AppDelete", "AppUserView", "AppDeploy", "AppRelease", "AppMonitor", "AppMonitorUserInfo", "AppAccessManage",
    "CfgView", "AppCfgChange", "ConnConfig", "AppViewSourceCode", "AppGroupManage", "CodeQualityView", "CodeQualityManage", "UpdatesView");

/// <summary>What can be embedded in assets and revisions.</summary>
public sealed class AssetEmbedCompleter() : KnownValueCompleter("releaseNote", "icon", "sourceCode", "signature", "metadata");

/// <summary>The fields by which assets are sorted.</summary>
public sealed class AssetSortCompleter() : KnownValueCompleter("name", "createdAt");

/// <summary>The fields by which revisions are sorted.</summary>
public sealed class RevisionSortCompleter() : KnownValueCompleter("revision", "tag");

/// <summary>Which producers are wanted.</summary>
public sealed class ProducerTypeCompleter() : KnownValueCompleter("Deployable", "Libraries", "All");

/// <summary>The one field by which lists of dependencies are sorted.</summary>
public sealed class NameSortCompleter() : KnownValueCompleter("name");

/// <summary>Usual types of public elements; the service has more.</summary>
public sealed class ElementTypeCompleter() : KnownValueCompleter(
    "ServiceAction", "ServerAction", "ClientAction", "ServerEntity", "StaticEntity", "Structure", "Block", "Screen", "Event", "Role", "Theme",
    "Image")
{
    internal override bool IsClosed => false;
}
