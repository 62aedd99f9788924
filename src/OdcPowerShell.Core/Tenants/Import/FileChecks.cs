using System.Globalization;

namespace OdcPowerShell.Tenants;

/// <summary>Finds what is wrong in the files of an import only beside the tenant: files for one object, names by which nothing is found again, and files that are missing.</summary>
internal sealed class FileChecks(ImportContext context)
{
    private const int MostNamed = 3;

    /// <summary>Finds files for the same object. Names that differ only in case are two objects only where the tenant has two.</summary>
    /// <param name="documents">The objects that are imported.</param>
    internal void FindTwins(IReadOnlyCollection<TenantDocument> documents)
    {
        foreach (var stage in documents.Where(d => d.Stage is not null).GroupBy(d => d.Stage!, StringComparer.OrdinalIgnoreCase))
        {
            var (first, others) = (stage.First(), stage.GroupBy(d => d.Stage!, StringComparer.Ordinal).Skip(1));
            foreach (var other in others.Select(same => same.First()))
                context.Fault(other, TenantFile.StageProperty, $"the stage {other.Stage} is the same as {first.Stage} ({first.PlaceOf(TenantFile.StageProperty) ?? first.ToString()}). Move the files of both folders into one");
        }

        foreach (var same in documents.GroupBy(d => (d.Kind, d.Stage)).SelectMany(siblings => siblings.GroupBy(d => d.Name, StringComparer.OrdinalIgnoreCase)).Select(same => same.ToList()).Where(same => same.Count > 1))
        {
            var first = same.Find(d => context.Match(d) is not null) ?? same[0];
            for (var i = 0; i < same.Count; i++)
            {
                if (!ReferenceEquals(same[i], first) && IsTwin(same[i], same.Take(i).Append(first)))
                    context.Fault(same[i], same[i].Kind.NameProperty, $"{first.PlaceOf(first.Kind.NameProperty) ?? first.ToString()} is for the same {first.Kind.Noun}: {first.Name}. Keep one of the files");
            }
        }
    }

    /// <summary>Whether a new object can have its name. One that the tenant has already has a name that the service takes.</summary>
    internal bool IsName(TenantDocument wanted)
    {
        var name = wanted.Name;
        var wrong = name.Trim().Length == 0 ? "a name can't have only spaces"
            : name.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) ? "a name can't have line ends, tabs or other control characters"
            : name.Trim().Length < name.Length ? "a name can't begin or end with a space"
            : null;
        if (wrong is not null)
            context.Fault(wanted, wanted.Kind.NameProperty, $"{wrong}, and the tenant has no {wanted.Kind.Noun} of this name");
        return wrong is null;
    }

    /// <summary>Finds kinds that would be removed as a whole because they have no file at all. That is how a copy looks that failed, unless tenant.json says that there were none.</summary>
    internal void FindLost()
    {
        // What was read from a tenant is not lost.
        if (context.Source.All.Empty is not { } empty)
            return;
        foreach (var gone in context.Plan.Steps.Where(s => s.Action == TenantAction.Remove && s.Kind.IsRemovable).GroupBy(s => (s.Kind, s.Stage)).ToList())
        {
            var (kind, stage) = gone.Key;
            if (context.Source.All.Documents.Any(d => d.Kind == kind && ImportContext.IsSame(d.Stage, stage)) || empty.Any(e => e.Kind == kind && ImportContext.IsSame(e.Stage, stage)))
                continue;
            var names = string.Join(", ", gone.Take(MostNamed).Select(s => s.Name)) + (gone.Count() > MostNamed ? FormattableString.Invariant($" and {gone.Count() - MostNamed} more") : "");
            var place = stage is null ? "" : $" in {stage}";
            context.Fault(
                new TenantDocument(kind, stage, kind.Noun, []) { File = TenantManifest.File }, "",
                $"the folder has no file of the kind {kind.Name}{place}, and \"empty\" does not say that this is so on purpose. -Prune would remove all: {names}. If files are missing, restore them, export again, or leave the kind out with -Kind. "
                + $"If all are to be removed, use Remove-Odc{kind.Name}, or add {{ \"kind\": \"{kind.Name}\"{(stage is null ? "" : $", \"stage\": \"{stage}\"")} }} to \"empty\"");
        }
    }

    // It would be created beside one of the others, or would change the same object.
    private bool IsTwin(TenantDocument document, IEnumerable<TenantDocument> others) => context.Match(document) is { } present
        ? others.Any(o => ReferenceEquals(context.Match(o), present))
        : !context.Now.IsUnread(document.Kind, document.Stage, document.Name);
}
