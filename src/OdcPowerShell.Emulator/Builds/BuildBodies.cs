using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

internal sealed record StartBuildBody(Guid? AssetKey, int? AssetRevision, string? BuildType);

internal sealed record BuildStartedBody(Guid BuildKey, bool IsSuccessful);

internal sealed record PackagingStartedBody(bool IsSuccessful);

/// <summary>The list of builds; the only one that is not called "results".</summary>
internal sealed record BuildListBody(IReadOnlyList<BuildBody> Builds);

internal sealed record BuildBody(
    Guid BuildKey, Guid AssetKey, int AssetRevision, string BuildType, DateTime? StartedDateTime, DateTime? FinishedDateTime,
    string BuiltBy, string Status, SecurityAuditBody? SecurityAudit)
{
    public static BuildBody Of(Build build, DateTimeOffset now)
    {
        var status = build.StatusAt(now);
        return new BuildBody(
            build.Key, build.Asset.Key, build.Revision.Number, build.Type.ToString(),
            status == "Pending" ? null : build.StartedAt.UtcDateTime,
            build.FinishedAt?.UtcDateTime, build.RequestedBy, status, build.HasSucceeded ? SecurityAuditBody.Of(build) : null);
    }
}

internal sealed record SecurityAuditBody(IReadOnlyList<VulnerabilityBody> Vulnerabilities)
{
    private static readonly VulnerabilityBody s_found = new(
        "EMULATED-2026-0001", "Medium", "https://advisories.example/EMULATED-2026-0001",
        new DateTime(2026, 1, 15, 0, 0, 0, DateTimeKind.Utc));

    // What comes from outside can be vulnerable.
    public static SecurityAuditBody Of(Build build) =>
        new(build.Revision.References.Any(reference => reference.Producer.Type == AssetTypes.ExternalLibrary) ? [s_found] : []);
}

internal sealed record VulnerabilityBody(string Id, string Severity, string Details, DateTime PublishedDate);

internal sealed record BuildMessageBody(
    DateTime Timestamp, string Type, string Severity, string Message, string StepId, Guid AssetKey, string? ErrorCode)
{
    public static BuildMessageBody Of(ProgressMessage message, Asset asset) => new(
        message.At.UtcDateTime, message.Type, message.Severity, message.Text, message.StepId, asset.Key,
        message.Severity == "Error" ? "OS-BUILD-90001" : null);
}

internal sealed record CodePackageBody(string Status, string? Uri, IReadOnlyList<PackagingErrorBody> Errors);

internal sealed record PackagingErrorBody(DateTime Timestamp, string Severity, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(StartBuildBody))]
[JsonSerializable(typeof(BuildStartedBody))]
[JsonSerializable(typeof(PackagingStartedBody))]
[JsonSerializable(typeof(BuildListBody))]
[JsonSerializable(typeof(ListBody<BuildMessageBody>))]
[JsonSerializable(typeof(CodePackageBody))]
internal sealed partial class BuildsJson : JsonSerializerContext;
