namespace OdcPowerShell.Parameters;

/// <summary>What kinds of object parameters take.</summary>
internal enum Kind
{
    User,
    Group,
    EndUserRole,
    OrganizationRole,
    Permission,
    IdentityProvider,
    UserImport,
    ClaimMapping,
    Stage,
    Asset,
    Portfolio,
    Build,
    Deployment,
    Publication,
    DeploymentAnalysis,
    DeletionAnalysis,
}
