namespace OdcPowerShell.Tenants;

/// <summary>The files of an import, or the part of them that is imported.</summary>
/// <param name="Content">The objects, and what was not exported.</param>
/// <param name="Kinds">The kinds that the files are about: -Prune removes nothing of others.</param>
/// <param name="Stages">The names of the stages that the files are about; empty for all.</param>
/// <param name="WithUsers">Whether users and the members of groups were exported.</param>
internal sealed record ImportSource(TenantContent Content, IReadOnlyCollection<TenantKind> Kinds, IReadOnlyCollection<string> Stages, bool WithUsers)
{
    private readonly Func<TenantDocument, bool> _isIncluded = _ => true;

    /// <summary>All objects of the files, also those that are not imported.</summary>
    internal TenantContent All { get => field ?? Content; private init; }

    internal static ImportSource Of(TenantContent content)
    {
        var scope = content.Scope ?? new TenantScope(TenantKinds.All, [], WithUsers: true);
        return new ImportSource(content, [.. scope.Kinds.Where(k => scope.WithUsers || k != TenantKinds.User)], scope.Stages, scope.WithUsers);
    }

    /// <summary>The files without the objects that the part leaves out. Of the tenant, too, only such objects are removed.</summary>
    /// <param name="part">The kinds, names and stages.</param>
    /// <param name="isNamed">Whether a name is one of the part's, which may have wildcards.</param>
    /// <exception cref="OdcException">The files have nothing of it.</exception>
    internal ImportSource Only(ImportPart part, Func<string, bool> isNamed)
    {
        if (part.IsEmpty)
            return this;
        foreach (var stage in part.Stages.Where(s => Stages.Count > 0 && !Stages.Contains(s, StringComparer.OrdinalIgnoreCase)))
            throw new OdcException(OdcErrorCause.NotFound, $"The files are not about the stage {stage}.", $"Specify one of their stages with -Stage: {string.Join(", ", Stages)}.");
        IReadOnlyCollection<TenantKind> kinds = [.. Kinds.Where(k => (part.Kinds.Count == 0 || part.Kinds.Contains(k.Name, StringComparer.OrdinalIgnoreCase)) && (part.Stages.Count == 0 || k.IsPerStage))];
        if (kinds.Count == 0)
            throw new OdcException(OdcErrorCause.NotFound, "The files have nothing of these kinds and stages.", $"They have these kinds: {string.Join(", ", Kinds.Select(k => k.Name))}. Not all of them belong to a stage.");
        Func<TenantDocument, bool> isIncluded = d => kinds.Contains(d.Kind) && (part.Names.Count == 0 || isNamed(d.Name)) && (part.Stages.Count == 0 || (d.Stage is { } stage && part.Stages.Contains(stage, StringComparer.OrdinalIgnoreCase)));
        return new ImportSource(Content with { Documents = [.. Content.Documents.Where(isIncluded)] }, kinds, part.Stages.Count == 0 ? Stages : part.Stages, WithUsers, isIncluded) { All = All };
    }

    private ImportSource(TenantContent content, IReadOnlyCollection<TenantKind> kinds, IReadOnlyCollection<string> stages, bool withUsers, Func<TenantDocument, bool> isIncluded)
        : this(content, kinds, stages, withUsers) => _isIncluded = isIncluded;

    /// <summary>Whether an object of the tenant belongs to what is imported.</summary>
    internal bool Includes(TenantDocument present) => _isIncluded(present);
}

/// <summary>A part of the files: only these kinds, names and stages; none for all.</summary>
internal sealed record ImportPart(IReadOnlyList<string> Kinds, IReadOnlyList<string> Names, IReadOnlyList<string> Stages)
{
    internal static ImportPart All { get; } = new([], [], []);

    internal bool IsEmpty => Kinds.Count + Names.Count + Stages.Count == 0;
}

/// <summary>How an import is done.</summary>
/// <param name="Prunes">Whether what the files don't have is removed.</param>
/// <param name="SkipsMissing">Whether names that the tenant does not have are left out; otherwise they are errors.</param>
/// <param name="IncludesSecrets">Whether secrets are set that were never set.</param>
/// <param name="OverwritesSecrets">Whether secrets are set that have a value already, too.</param>
/// <param name="IncludesTenantSpecific">Whether what is one tenant's own is imported into another one.</param>
internal sealed record ImportOptions(bool Prunes = false, bool SkipsMissing = false, bool IncludesSecrets = false, bool OverwritesSecrets = false, bool IncludesTenantSpecific = false)
{
    /// <summary>The part of the files that is imported.</summary>
    internal ImportPart Part { get; init; } = ImportPart.All;
}
