using System.Management.Automation;

namespace OdcPowerShell.Pipeline;

/// <summary>Shows the members of an answer that the module does not know as properties of the object.</summary>
internal static class Resources
{
    /// <summary>The resource itself, with a note property for each unknown member of it and of its parts.</summary>
    internal static object Show(OdcResource resource)
    {
        foreach (var part in resource.Parts)
        {
            if (part is not null)
                Show(part);
        }

        if (resource.Unknown is null)
            return resource;
        var shown = PSObject.AsPSObject(resource);
        foreach (var member in resource.Unknown)
        {
            if (shown.Properties[member.Key] is null)
                shown.Properties.Add(new PSNoteProperty(member.Key, JsonValues.ToPowerShell(member.Value)));
        }

        return shown;
    }
}
