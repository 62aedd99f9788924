namespace OdcPowerShell.ExternalLibraries;

/// <summary>An action or structure of a generated library, or a parameter or attribute of one, and how it differs from the published version.</summary>
[Columns("ChangeType 10", "Kind 9", "Element 28", "Name 28", "DataType")]
public sealed class OdcExternalLibraryContent : OdcResource
{
    /// <summary>Added, Removed, Updated or Unchanged, against the published version of the library; None where there is nothing to compare.</summary>
    public string? ChangeType { get; set; }

    /// <summary>Action, Input, Output, Structure or Attribute.</summary>
    [JsonIgnore]
    public string? Kind { get; set; }

    /// <summary>The action or structure that it is, or belongs to.</summary>
    [JsonIgnore]
    public string? Element { get; set; }

    public string? Name { get; set; }

    /// <summary>The data type of a parameter or attribute.</summary>
    public string? DataType { get; set; }

    /// <summary>Input or Output, of a parameter.</summary>
    public string? ParameterType { get; set; }

    /// <summary>The icon of an action, as base64.</summary>
    public string? IconBase64 { get; set; }

    /// <summary>The generation that it belongs to.</summary>
    [JsonIgnore]
    public string? OperationKey { get; set; }

    [JsonInclude]
    [JsonPropertyName("parameters")]
    internal IReadOnlyList<OdcExternalLibraryContent>? Parameters { get; set => field = value.Present(); }

    [JsonInclude]
    [JsonPropertyName("attributes")]
    internal IReadOnlyList<OdcExternalLibraryContent>? Attributes { get; set => field = value.Present(); }

    internal bool IsElement => Kind is "Action" or "Structure";

    internal bool IsChange => ChangeType is "Added" or "Removed" or "Updated";

    public override string ToString() => $"{ChangeType} {Element}{(IsElement ? "" : $".{Name}")}".Trim();
}

/// <summary>The contents of a generation: actions with their parameters, structures with their attributes.</summary>
internal sealed class GenerationContents
{
    public IReadOnlyList<OdcExternalLibraryContent>? Actions { get; set => field = value.Present(); }

    public IReadOnlyList<OdcExternalLibraryContent>? Structures { get; set => field = value.Present(); }

    /// <summary>One row for each action, parameter, structure and attribute, in the order of the service.</summary>
    internal IReadOnlyList<OdcExternalLibraryContent> Rows(string operationKey)
    {
        var rows = new List<OdcExternalLibraryContent>();
        foreach (var action in Actions ?? [])
        {
            Add(action, "Action", action.Name);
            foreach (var parameter in action.Parameters ?? [])
                Add(parameter, parameter.ParameterType is "Input" or "Output" ? parameter.ParameterType : "Parameter", action.Name);
        }

        foreach (var structure in Structures ?? [])
        {
            Add(structure, "Structure", structure.Name);
            foreach (var attribute in structure.Attributes ?? [])
                Add(attribute, "Attribute", structure.Name);
        }

        return rows;

        void Add(OdcExternalLibraryContent row, string kind, string? element)
        {
            (row.Kind, row.Element, row.OperationKey) = (kind, element, operationKey);
            rows.Add(row);
        }
    }
}

/// <summary>What differs between a generated library and its published version.</summary>
internal sealed class LibraryComparison(IReadOnlyList<OdcExternalLibraryContent> rows)
{
    /// <summary>The actions and structures that differ.</summary>
    internal IReadOnlyList<OdcExternalLibraryContent> Changes => [.. rows.Where(r => r is { IsElement: true, IsChange: true })];

    /// <summary>The actions and structures without which an asset that uses them can't be published.</summary>
    internal IReadOnlyList<string> Removed => NamesOf(Changes.Where(c => c.ChangeType == "Removed"));

    /// <summary>Those that an asset can't use as before: something of them is gone or has another type, or an action needs another input.</summary>
    internal IReadOnlyList<string> Incompatible => NamesOf(Changes.Where(c => c.ChangeType == "Updated" && rows.Any(r => IsBreaking(r) && IsOf(r, c))));

    internal int Count(string changeType) => Changes.Count(c => c.ChangeType == changeType);

    /// <summary>The warning about what consumers of the library lose; null if they lose nothing.</summary>
    internal string? Warning(string library)
    {
        var parts = new List<string>();
        if (Removed.Count > 0)
            parts.Add($"{string.Join(", ", Removed)} {(Removed.Count == 1 ? "was" : "were")} removed");
        if (Incompatible.Count > 0)
            parts.Add($"{string.Join(", ", Incompatible)} {(Incompatible.Count == 1 ? "has" : "have")} other parameters or attributes");
        return parts.Count == 0 ? null : $"Assets that use {library} may break: {string.Join(", and ", parts)}.";
    }

    private static bool IsBreaking(OdcExternalLibraryContent row) => !row.IsElement && (row.ChangeType is "Removed" or "Updated" || row is { Kind: "Input", ChangeType: "Added" });

    private static bool IsOf(OdcExternalLibraryContent part, OdcExternalLibraryContent element) =>
        string.Equals(part.Element, element.Element, StringComparison.Ordinal) && part.Kind == "Attribute" == (element.Kind == "Structure");

    private static IReadOnlyList<string> NamesOf(IEnumerable<OdcExternalLibraryContent> rows) => [.. rows.Select(r => r.Name).OfType<string>()];
}

/// <summary>A message of the service about a generation.</summary>
[Columns("FinishedAt 17", "Type 11", "ErrorCode 18", "Message")]
public sealed class OdcExternalLibraryMessage : OdcResource
{
    /// <summary>Information, Warning or Error.</summary>
    public string? Type { get; set; }

    public string? ErrorCode { get; set; }

    public string? Message { get; set; }

    /// <summary>When the generation ended; null while it runs.</summary>
    [JsonIgnore]
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The generation that the message is about.</summary>
    [JsonIgnore]
    public string? OperationKey { get; set; }

    public override string ToString() => Message ?? "";
}

/// <summary>The log of a generation.</summary>
internal sealed class GenerationLog
{
    public IReadOnlyList<OdcExternalLibraryMessage>? ValidationMessages { get; set => field = value.Present(); }

    public DateTimeOffset? FinishedAt { get; set; }

    internal IReadOnlyList<OdcExternalLibraryMessage> Messages(string operationKey)
    {
        foreach (var message in ValidationMessages ?? [])
            (message.FinishedAt, message.OperationKey) = (FinishedAt, operationKey);
        return ValidationMessages ?? [];
    }
}
