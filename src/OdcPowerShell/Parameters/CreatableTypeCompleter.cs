namespace OdcPowerShell.Parameters;

/// <summary>The types of assets that can be created empty or from a template.</summary>
public sealed class CreatableTypeCompleter() : KnownValueCompleter("WebApplication", "MobileApplication", "MobileLibrary", "LowCodeLibrary", "Workflow", "Agent");
