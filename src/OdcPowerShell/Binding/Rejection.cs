namespace OdcPowerShell.Binding;

/// <summary>Why a value is not accepted as an object of a type, and what to use instead.</summary>
internal sealed class Rejection(ResourceType info)
{
    private string A => $"{info.Article.ToLowerInvariant()} {info.Noun}";

    internal OdcException Nothing => Wrong($"{info.Article} {info.Noun} is expected here, but the value is null.", "Check the variable or the command that the value comes from.");

    internal OdcException Empty => Wrong($"The list of {info.Plural} is empty.", "Leave the parameter out, or check the variable or the command that the list comes from.");

    internal OdcException NoKey(string text) => Wrong(
        text.Length == 0 ? $"{info.Article} {info.Noun} is expected here, but the text is empty." : $"'{Short(text)}' is not the {(info.HasTextKey ? info.FoundBy : "key (a GUID)")} of {A}.", Accepted);

    internal OdcException Failed(CodeQuality.OdcCodeQualityResult result) => new(
        OdcErrorCause.OperationFailed, $"The code quality of {info.Noun} {result.What} did not pass its test: {string.Join(" ", result.Reasons ?? [])}".TrimEnd(),
        "Solve the findings, or test with other limits. Test-OdcCodeQuality -ErrorOnFailure passes on only what passed.");

    internal OdcException Other(string what) => Wrong($"{info.Article} {info.Noun} is expected here, not {what}.", Accepted);

    internal OdcException WithoutKey(PipedObject piped) => piped.Type is { } type && info.Types.Contains(type)
        ? Wrong($"This {piped.TypeName} has no {info.KeyProperty}: it does not say which {info.Noun} is meant.", Accepted)
        : Wrong(
            $"{info.Article} {info.Noun} is expected here, not {ResourceType.ArticleOf(piped.TypeName).ToLowerInvariant()} {piped.TypeName}{(piped.IsRow ? $" with the columns {Short(string.Join(", ", piped.Columns))}" : "")}.", Accepted);

    internal OdcException Piped(PipedObject piped)
    {
        if (piped.Resource is null && OutrankedBy(piped, info, []) is { } column)
            return Wrong($"{info.Article} {info.Noun} is expected here. This row has a column {column}: it is a row of something else that refers to {A}.", $"If the {info.Noun} is meant: {ThroughGet}.");
        if (piped.Origins.FirstOrDefault(o => !info.Types.Contains(o)) is { } origin)
            return Wrong($"{info.Article} {info.Noun} is expected here. The row {(piped.IsSelected ? "was selected from" : "has the columns of")} {ResourceType.ArticleOf(origin.Name).ToLowerInvariant()} {origin.Name}, which only refers to {A}.", $"If the {info.Noun} itself is meant: {ThroughGet}.");
        if (piped.Resource is not null)
            return Wrong($"{info.Article} {info.Noun} is expected here, not {ResourceType.ArticleOf(piped.TypeName).ToLowerInvariant()} {piped.TypeName}{Meant(piped)}.", Instead(piped));
        return WithoutKey(piped);
    }

    /// <summary>The column that shows that a row is an object of another type; null if there is none.</summary>
    internal static string? OutrankedBy(PipedObject piped, ResourceType info, IReadOnlyCollection<string> taken)
    {
        if (piped.Text(info.KeyProperty) is not { } own)
            return null;
        // The module's objects also have their own key in a property Key.
        if (piped.Text("Key") is { } key && !string.Equals(key, own, StringComparison.OrdinalIgnoreCase)
            && piped.Columns.FirstOrDefault(c => c is not "Key" && c.EndsWith("Key", StringComparison.Ordinal) && string.Equals(piped.Text(c), key, StringComparison.OrdinalIgnoreCase)) is { } column
            && !taken.Contains(column, StringComparer.Ordinal))
            return column;
        return info.Outranking.FirstOrDefault(c => !taken.Contains(c, StringComparer.Ordinal) && piped.Text(c) is not null);
    }

    private string Instead(PipedObject piped) => piped.Resource is Deployments.OdcChange && info.SharesKeyName
        ? $"Choose the changes of this kind: … | Where-Object Kind -eq {info.Noun} | …."
        : piped.Resource is OdcUserAccess access && info != ResourceTypes.User ? $"{RolesOf(access)}{MessageText.Quoted(access.UserEmail ?? access.UserKey)} | Where-Object Name -eq {MessageText.Quoted(access.GroupName ?? access.RoleName)} | …."
        : piped.Resource is OdcStageComparison compared ? $"Choose what runs in a stage: Get-OdcDeployedAsset {MessageText.Quoted(compared.AssetName)} -Stage {MessageText.Quoted(compared.ReferenceStage)} -Flat | …. Start-OdcDeployment -FromStage deploys all that differ."
        : Refers(piped.Type!) ? $"If the {info.Noun} itself is meant: {ThroughGet}." : Accepted;

    private static string RolesOf(OdcUserAccess access) => access.GroupName is not null ? "The user has the role through a group. Choose the group of the user: Get-OdcGroup -User "
        : access.OrganizationRoleKey is not null ? "Choose the role of the user: Get-OdcOrganizationRole -User " : "Choose the role of the user: Get-OdcEndUserRole -User ";

    // Whether Get- of this type finds the object that is meant.
    private bool Refers(Type type) => info.Pointers.Concat(info.Columns).Prepend(info.KeyProperty).Any(name => type.GetProperty(name) is not null);

    private string Accepted => $"Specify {A} as an object of Get-{info.CommandNoun}, as a row with a column {info.KeyProperty}{NameColumn}{(info.HasTextKey ? $" or by its {info.FoundBy}" : !info.IsFoundByName ? " or by its key" : $", by its key or by its {info.FoundBy}")}.";

    // What belongs to a stage can have a row with the columns of both names.
    private string NameColumn => info.ListInStage is not null && info.Columns.Count > 0 ? $" or {info.Columns[0]}" : "";

    private string ThroughGet => $"… | Get-{info.CommandNoun} | …";

    private string Meant(PipedObject piped) => piped.Resource switch
    {
        OdcUserOrganizationRole => ": Get-OdcOrganizationRole -User writes the roles of a user, which Revoke-OdcOrganizationRole takes from the user",
        OdcUserEndUserRole => ": Get-OdcEndUserRole -User writes the roles of a user, which Revoke-OdcEndUserRole takes from the user",
        OdcUserGroup => ": Get-OdcGroup -User writes the groups of a user, which Remove-OdcGroupUser takes the user out of",
        OdcGroupUser => ": Get-OdcUser -Group writes the users of a group, which Remove-OdcGroupUser takes out of it",
        Deployments.OdcChange change => $" of the kind {change.Kind}",
        AssetRepository.OdcAssetRevision => ": that is one revision of an asset",
        { } other when Refers(other.GetType()) => $", which only refers to {A}",
        _ => "",
    };

    private static OdcException Wrong(string message, string action) => new(OdcErrorCause.InvalidRequest, message, action);

    private static string Short(string text) => text.Length > 120 ? text.Substring(0, 120) + "…" : text;
}
