using OdcPowerShell.Operations;

namespace OdcPowerShell.Identity;

/// <summary>A bulk creation of users, which the service processes in the background.</summary>
[Columns("OperationKey 36", "Status 18", "UserCount 9", "ErrorMessage")]
public sealed class OdcUserImport : OdcResource, ILongRunning
{
    [JsonPropertyName("key")]
    public string? OperationKey { get; set; }

    /// <summary>Pending, Processing, Finished, or FinishedWithErrors.</summary>
    public string? Status { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    /// <summary>The result for each user, once the import is finished.</summary>
    [JsonPropertyName("operations")]
    public IReadOnlyList<OdcUserImportResult>? Results { get; set => field = value.Present(); }

    [JsonIgnore]
    public int? UserCount => Results?.Count;

    /// <summary>Whether the import has ended.</summary>
    [JsonIgnore]
    public bool IsTerminal => Status is "Finished" or "FinishedWithErrors";

    /// <summary>Whether every user was created.</summary>
    [JsonIgnore]
    public bool IsSuccess => Status == "Finished";

    /// <summary>The e-mails of the rows in their order; null for an import that was read by its key.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? Emails { get; internal set; }

    OperationDescriptor ILongRunning.Descriptor => UserImports;

    internal override IEnumerable<OdcResource?> Parts => Results ?? [];

    private static OperationDescriptor<OdcUserImport> UserImports { get; } = new(
        "user import",
        "Get-OdcUserImport",
        (client, import, caller, cancellationToken) => client.GetAsync(IdentityApi.GetBulkOperation, [import.OperationKey!], query: null, caller, cancellationToken),
        (_, import, _, _) => Task.FromResult<IReadOnlyList<string>>([import.ErrorMessage ?? FormattableString.Invariant($"{(import.Results ?? []).Count(r => !r.IsSuccess)} users were not created.")]))
    {
        Complete = (before, now) => now.Emails = before.Emails,
    };

    public override string ToString() => OperationKey ?? "";
}

/// <summary>The result for one user of an import.</summary>
[Columns("Row 5", "Email 33", "Status 10", "ErrorCode 15", "ErrorMessage")]
public sealed class OdcUserImportResult : OdcResource
{
    /// <summary>Inserted, Updated, Deleted, or Error.</summary>
    public string? Status { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public OdcUserImportRecord? Record { get; set; }

    /// <summary>The number of the row that was imported, from 1; null when it is not known.</summary>
    [JsonIgnore]
    public int? Row { get; internal set; }

    /// <summary>The key of the new user; null when there is none.</summary>
    [JsonIgnore]
    public string? UserKey => IsSuccess ? Record?.UserKey : null;

    [JsonIgnore]
    public string? Email => Record?.Email;

    /// <summary>Whether the user exists now.</summary>
    [JsonIgnore]
    public bool IsSuccess => Status is not (null or "Error" or "Deleted");

    /// <summary>The piped row.</summary>
    [JsonIgnore]
    internal object? Source { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [Record];

    public override string ToString() => $"{Email}: {Status}";
}

/// <summary>The user that a result of an import is about.</summary>
public sealed class OdcUserImportRecord : OdcResource
{
    [JsonPropertyName("key")]
    public string? UserKey { get; set; }

    public string? Email { get; set; }

    public string? Username { get; set; }

    public string? Subject { get; set; }

    public override string ToString() => Email ?? UserKey ?? "";
}
