namespace OdcPowerShell.Emulator;

/// <summary>Debug builds run in Development only.</summary>
internal enum BuildType
{
    Debug,
    Release,
}

/// <summary>A build of a revision.</summary>
internal sealed class Build(Guid key, AssetRevision revision, BuildType type, string requestedBy)
    : TimedOperation(EmulatedOperation.Build, key, revision.Asset, requestedBy)
{
    // The first part of its time it waits for a machine.
    private const double Queued = 0.25;

    public AssetRevision Revision => revision;

    public BuildType Type => type;

    public CodePackage? Package { get; set; }

    /// <summary>Deleted or ToBeDeleted when its artifacts are gone.</summary>
    public string? GoneStatus { get; set; }

    public bool IsUsable => HasSucceeded && GoneStatus is null;

    protected override string FailedStatus => "FinishedWithErrors";

    public string StatusAt(DateTimeOffset now) =>
        GoneStatus ?? (HasEnded ? EndStatus : ProgressAt(now) < Queued ? "Pending" : "Running");
}

/// <summary>The packaging of a build's generated code.</summary>
internal sealed class CodePackage(Build build, string requestedBy)
    : TimedOperation(EmulatedOperation.GeneratedCode, build.Key, build.Asset, requestedBy)
{
    private const double Queued = 0.25;

    protected override string FailedStatus => "Failed";

    public string StatusAt(DateTimeOffset now) => HasEnded ? EndStatus : ProgressAt(now) < Queued ? "NotStarted" : "Running";
}
