using System.Collections;
using System.Management.Automation;
using OdcPowerShell.Bases;

namespace OdcPowerShell.Fuzz;

/// <summary>Does with an answer what the pipeline does: shows its unknown members, and reads every property of every part.</summary>
internal static class Shown
{
    internal static void Read(object? answer)
    {
        if (answer is OdcResource resource)
            ReadAll(PSObject.AsPSObject(ResourceView.Show(resource)), depth: 0);
        else if (answer is IEnumerable items and not string)
            items.Cast<object?>().ToList().ForEach(Read);
        else if (answer?.GetType().GetProperty("Results") is { } results)
            Read(results.GetValue(answer));
    }

    private static void ReadAll(PSObject shown, int depth)
    {
        _ = shown.ToString();
        foreach (var value in shown.Properties.Select(p => p.Value))
        {
            if (depth < 5 && value is OdcResource or PSObject)
                ReadAll(PSObject.AsPSObject(value), depth + 1);
        }
    }
}
