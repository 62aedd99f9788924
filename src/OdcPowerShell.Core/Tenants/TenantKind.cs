namespace OdcPowerShell.Tenants;

/// <summary>What a property of a document contains.</summary>
internal enum TenantValue
{
    Text,
    Number,
    Flag,
    Texts,

    /// <summary>Objects of one shape, in any order; their identity distinguishes them.</summary>
    Objects,

    /// <summary>Texts by name, where a value can also be <c>{ "secret": "name of a vault entry" }</c>.</summary>
    Settings,
}

/// <summary>A property of a document.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">What it contains.</param>
/// <param name="Description">What it means, for the schema and for messages.</param>
internal sealed record TenantProperty(string Name, TenantValue Type, string Description)
{
    internal bool IsRequired { get; init; }

    /// <summary>Whether it is only shown: it can be compared, and can't be changed through the API.</summary>
    internal bool IsState { get; init; }

    /// <summary>The only possible texts; null for any.</summary>
    internal IReadOnlyList<string>? Values { get; init; }

    /// <summary>What it means that it is not there, where this is no matter of course: all stages.</summary>
    internal string? EmptyMeans { get; init; }

    /// <summary>Whether the service sets it where no value is sent.</summary>
    internal bool HasDefault { get; init; }

    /// <summary>Whether the text is a date, with or without a time.</summary>
    internal bool IsMoment { get; init; }

    /// <summary>Whether the texts are addresses or ranges of them.</summary>
    internal bool IsRange { get; init; }

    /// <summary>Whether an object of the service always has a value here, so that a file that was written by hand without one leaves it open.</summary>
    internal bool IsOpenWithout => HasDefault || IsState || Values is not null || Type is TenantValue.Flag or TenantValue.Number;

    /// <summary>The shape of the objects in it.</summary>
    internal TenantShape? Of { get; init; }

    /// <summary>Whether it is personal data, which is exported on request only.</summary>
    internal bool IsPersonal { get; init; }
}

/// <summary>The properties of a document, or of an object in it, in the order in which they are written.</summary>
internal sealed record TenantShape(params IReadOnlyList<TenantProperty> Properties)
{
    /// <summary>The properties that distinguish the objects of a list; null for all of them.</summary>
    internal IReadOnlyList<string>? Identity { get; init; }

    internal TenantProperty? Find(string name) => Properties.FirstOrDefault(p => p.Name == name);
}

/// <summary>A kind of object of a tenant that is exported to files, compared and imported.</summary>
/// <param name="Name">Its name in rows and messages: Group, IpFilterGroup.</param>
/// <param name="Noun">The noun in sentences: group.</param>
/// <param name="Folder">The folder of its files, or the name of its file if there is only one; below the folder of the stage where it belongs to one.</param>
/// <param name="Shape">The properties of its documents.</param>
internal sealed record TenantKind(string Name, string Noun, string Folder, TenantShape Shape)
{
    /// <summary>Its place in the order in which kinds are created.</summary>
    internal int Place => TenantKinds.All.TakeWhile(kind => kind != this).Count();

    /// <summary>Whether there is one of it: in the tenant, or in each stage.</summary>
    internal bool IsSingle { get; init; }

    /// <summary>Whether it belongs to a stage.</summary>
    internal bool IsPerStage { get; init; }

    /// <summary>Whether the organization has one too, besides those of stages.</summary>
    internal bool IsOfOrganizationToo { get; init; }

    /// <summary>Whether it is one tenant's own by its nature, such as a hostname: it is imported into another tenant only on request.</summary>
    internal bool IsTenantSpecific { get; init; }

    /// <summary>Whether it is only shown: none of its properties can be changed through the API.</summary>
    internal bool IsState { get; init; }

    /// <summary>The property that names its documents.</summary>
    internal string NameProperty { get; init; } = "name";

    /// <summary>Whether objects of this kind can be created and removed through the API; otherwise only the present ones can be changed.</summary>
    internal bool CanCreate { get; init; }

    /// <summary>Whether an import with -Prune removes objects of this kind. It removes no users.</summary>
    internal bool IsRemovable => CanCreate && this != TenantKinds.User;
}
