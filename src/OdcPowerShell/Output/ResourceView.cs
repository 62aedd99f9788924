using System.Reflection;

namespace OdcPowerShell.Output;

/// <summary>Shows unknown members of an answer as properties of the object.</summary>
internal static class ResourceView
{
    private const BindingFlags Named = BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase;

    /// <summary>The resource itself, with a note property for each unknown member of it and of its parts.</summary>
    internal static object Show(OdcResource resource)
    {
        var isAnyUnknown = false;
        foreach (var part in resource.Parts)
        {
            if (part is not null)
                isAnyUnknown |= Show(part) is PSObject;
        }

        if (isAnyUnknown)
            ShowInLists(resource);

        if (resource.Unknown is null)
            return resource;
        var shown = PSObject.AsPSObject(resource);
        foreach (var member in resource.Unknown)
        {
            // A new member of the API may have the same name as a property that the module uses for something else.
            var name = MemberName.For(shown, member.Key, isTaken: resource.GetType().GetProperty(member.Key, Named) is not null);
            if (shown.Properties[name] is null)
                shown.Properties.Add(new PSNoteProperty(name, JsonValues.ToProperty(member.Value)));
        }

        return shown;
    }

    // ConvertTo-Json sees the unknown members of list items only if the list returns the items as PSObjects.
    private static void ShowInLists(OdcResource resource)
    {
        foreach (var property in resource.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
        {
            if (property.GetValue(resource) is IShownList list)
                list.Shown = PSObject.AsPSObject;
        }
    }
}

/// <summary>Property names for the members of answers. PowerShell allows no empty name and no two names that differ only in case, and reserves some names.</summary>
internal static class MemberName
{
    /// <summary>The name, with underscores before it if another member has the name in another case or <paramref name="isTaken"/> is true.</summary>
    internal static string For(PSObject shown, string name, bool isTaken)
    {
        if (isTaken || name.Length == 0 || IsReserved(name))
            name = "_" + name;
        while (shown.Properties[name] is { } other && other.Name != name)
            name = "_" + name;
        return name;
    }

    private static bool IsReserved(string name) => name.ToUpperInvariant() is "PSOBJECT" or "PSBASE" or "PSADAPTED" or "PSEXTENDED" or "PSTYPENAMES";
}
