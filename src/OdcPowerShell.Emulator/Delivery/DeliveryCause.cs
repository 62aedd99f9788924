namespace OdcPowerShell.Emulator;

/// <summary>Why requests about assets and stages are refused. The numbers are those known of the service, or free.</summary>
internal static class DeliveryCause
{
    public static Cause SourceTooLarge { get; } = new(400, 8, "The source file is larger than 100 MB.");

    public static Cause TagFormat { get; } = new(400, 20, "The tag must have the form Major.Minor.Patch.");

    public static Cause TagTaken { get; } = new(400, 21, "The tag is already in use.");

    public static Cause TagNotHigher { get; } = new(400, 22, "The tag must be higher than the highest tag of the asset.");

    public static Cause NotesWithoutTag { get; } = new(400, 23, "Release notes need a tag.");

    public static Cause BuiltIn { get; } = new(400, 24, "Built-in assets are protected and cannot be deleted.");

    public static Cause PortfolioDiffers { get; } = new(400, 25, "The asset belongs to another portfolio.");

    public static Cause BuildUnknown { get; } = new(400, 30, "There is no such build of this revision of the asset.");

    public static Cause BuildIsDebug { get; } = new(400, 31, "A Debug build cannot be deployed.");

    public static Cause BuildNotFinished { get; } = new(400, 32, "The build has not finished successfully.");

    public static Cause NotDeployable { get; } = new(400, 33, "Assets of this type cannot be deployed.");

    public static Cause NotDeployed { get; } = new(400, 34, "The asset is not deployed in the environment.");

    public static Cause NotForPublishing { get; } = new(400, 35, "Assets are published to the development environment only.");

    public static Cause NoGeneratedCode { get; } = new(404, 3, "The generated code of the build was not asked for.");

    public static Cause BuildNotPackable { get; } = new(422, 1, "The build is not valid for generated code packaging.");

    public static Cause NeverTagged(Guid asset) => new(404, 4, $"The asset '{asset}' has no tagged revision.");

    public static Cause Missing(string member) => new(400, 4, $"The body has no '{member}'.");

    public static Cause NoRevision(Guid asset, int revision) => new(404, 2, $"The asset '{asset}' has no revision {revision}.");

    public static Cause Unprocessable(string detail) => new(422, 2, detail);
}
