using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using OdcPowerShell.Sandbox.Editing;

namespace OdcPowerShell.Sandbox.Hosting;

/// <summary>Everything the engine asks a person; without one, an error that says what to write instead.</summary>
internal sealed class Questions(Terminal terminal)
{
    public string ReadLine(string what)
    {
        DemandTerminal(what);
        var input = new LineEditor(terminal).Read(what + ": ");
        return input.Kind == InputKind.Line ? input.Text : throw new PipelineStoppedException();
    }

    public SecureString ReadSecret(string what)
    {
        DemandTerminal(what);
        return SecretReader.Read(what + ": ") ?? throw new PipelineStoppedException();
    }

    public PSObject Ask(FieldDescription field)
    {
        // The engine names the type as loosely as the binder would read it.
        var type = field.ParameterTypeFullName;
        if (string.Equals(type, typeof(SecureString).FullName, StringComparison.Ordinal)) return new(ReadSecret(field.Name));
        if (string.Equals(type, typeof(PSCredential).FullName, StringComparison.Ordinal))
            return new(new PSCredential(ReadLine("User"), ReadSecret("Password")));
        return type.EndsWith("[]", StringComparison.Ordinal) ? new(ReadList(field.Name)) : new(ReadLine(field.Name));
    }

    public int Choose(Collection<ChoiceDescription> choices, int defaultChoice)
    {
        DemandTerminal("an answer");
        var hotkeys = choices.Select(Hotkey).ToArray();
        var labels = choices.Select((choice, index) => $"[{hotkeys[index]}] {choice.Label.Replace("&", "", StringComparison.Ordinal)}");
        var question = $"{string.Join("  ", labels)}  [?] Help";
        if (defaultChoice >= 0) question += $" (default is \"{hotkeys[defaultChoice]}\")";
        while (true)
        {
            var answer = ReadLine(question).Trim();
            if (answer.Length == 0 && defaultChoice >= 0) return defaultChoice;
            var chosen = Array.FindIndex(hotkeys, hotkey => string.Equals(hotkey, answer, StringComparison.OrdinalIgnoreCase));
            if (chosen >= 0) return chosen;
            for (var index = 0; index < choices.Count; index++) Console.Out.WriteLine($"{hotkeys[index]} - {choices[index].HelpMessage}");
        }
    }

    private static string Hotkey(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1).ToUpperInvariant() : choice.Label;
    }

    private string[] ReadList(string name)
    {
        var items = new List<string>();
        while (ReadLine($"{name}[{items.Count}]") is { Length: > 0 } item) items.Add(item);
        return [.. items];
    }

    private void DemandTerminal(string what)
    {
        if (terminal.IsInteractive) return;
        throw new HostException(
            $"There is no terminal to ask for {what}. Give every mandatory parameter, and -Confirm:$false where a question would come.");
    }
}
