using OdcPowerShell.Binding;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>What the module writes binds to what takes it: live, from Import-Clixml, out of a job, and as a row of a CSV file.</summary>
public sealed class FormTests
{
    public static TheoryData<string> All => [.. PipedSamples.Inputs.Select(i => $"{i.Cmdlet.CmdletName()} -{i.Parameter.Name}")];

    [Theory]
    [MemberData(nameof(All))]
    public void An_object_binds_in_every_form(string parameter)
    {
        var reference = Of(parameter);
        Faults.None(from type in PipedSamples.Types
                    let sample = PipedSamples.Of(type)
                    let live = PipedSamples.Bind(reference, sample)
                    where Guid.TryParse(live, out _)
                    from form in PipedSamples.Forms
                    let bound = PipedSamples.Bind(reference, PipedSamples.In(form, sample))
                    where bound != live && !(form is "CSV" or "selected" && IsOfSibling(parameter, sample))
                    select $"{form} {type.Name} | {parameter}: {bound}");
    }

    /// <summary>A command that reads follows every key that an object has, unless a parameter beside it takes the object.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_command_that_reads_follows_keys(string parameter)
    {
        var reference = Of(parameter);
        var info = reference.ResourceType;
        if (!reference.Follows || info.SharesKeyName)
            return;
        Faults.None(from type in PipedSamples.Types
                    where type.GetProperty(info.KeyProperty) is not null
                    let bound = PipedSamples.Bind(reference, PipedSamples.Of(type))
                    where bound != PipedSamples.KeyOf(info.KeyProperty) && !(bound == "left" && IsOfSibling(parameter, PipedSamples.Of(type)))
                    select $"{type.Name} | {parameter}: {bound}");
    }

    /// <summary>Of several keys in a row without a type, one says what the row is; a parameter beside this one may take it.</summary>
    private static bool IsOfSibling(string parameter, OdcResource sample) => PipedSamples.Inputs
        .Where(i => parameter.StartsWith(i.Cmdlet.CmdletName() + " ", StringComparison.Ordinal) && parameter != $"{i.Cmdlet.CmdletName()} -{i.Parameter.Name}")
        .Any(i => Guid.TryParse(PipedSamples.Bind(i.Reference, PipedSamples.In("CSV", sample)), out _));

    private static ReferenceAttribute Of(string parameter) => PipedSamples.Inputs.First(i => $"{i.Cmdlet.CmdletName()} -{i.Parameter.Name}" == parameter).Reference;
}
