namespace OdcPowerShell.Emulator;

/// <summary>What takes time in a tenant.</summary>
public enum EmulatedOperation
{
    /// <summary>A build of a revision.</summary>
    Build,

    /// <summary>The packaging of a build's generated code.</summary>
    GeneratedCode,

    /// <summary>A 1-Click Publish.</summary>
    Publish,

    /// <summary>A deployment to a stage.</summary>
    Deploy,

    /// <summary>A removal from a stage.</summary>
    Undeploy,

    /// <summary>Pending configurations going live.</summary>
    ApplyConfigs,

    /// <summary>The impact analysis of a deployment.</summary>
    DeploymentAnalysis,

    /// <summary>The impact analysis of a deletion.</summary>
    DeletionAnalysis,

    /// <summary>The removal of a deleted asset from its stages.</summary>
    Deletion,
}
