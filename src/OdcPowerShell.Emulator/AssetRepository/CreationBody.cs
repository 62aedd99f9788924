namespace OdcPowerShell.Emulator;

/// <summary>What to make a revision from: a file, or for a new asset its details.</summary>
internal sealed record CreationBody
{
    public static CreationBody Empty { get; } = new();

    public string? Tag { get; init; }

    public string? ReleaseNotes { get; init; }

    public bool SkipSequentialVersionValidation { get; init; }

    public string? CommitMessage { get; init; }

    public Guid? PortfolioKey { get; init; }

    public Uri? FileUri { get; init; }

    public CreationDetailsBody? AssetCreationDetails { get; init; }
}

internal sealed record CreationDetailsBody
{
    public string? AssetName { get; init; }

    public string? AssetType { get; init; }

    public Guid? TemplateKey { get; init; }

    public string? Description { get; init; }

    public string? IconBase64 { get; init; }

    public byte[]? ReadIcon()
    {
        if (IconBase64 is null)
            return null;
        var icon = new byte[IconBase64.Length];
        return Convert.TryFromBase64String(IconBase64, icon, out var length)
            ? icon[..length]
            : throw new ProblemException(Cause.BadParameter("The icon is not base64."));
    }
}

internal sealed record UploadBody(string UploadUrl);
