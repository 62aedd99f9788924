using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace OdcPowerShell.Sandbox.Hosting;

/// <summary>Results to stdout and errors to stderr: in colour on a terminal, without escape codes everywhere else.</summary>
internal sealed class SandboxUserInterface(Terminal terminal) : PSHostUserInterface
{
    private readonly ProgressLine _progress = new(terminal);
    private readonly Questions _questions = new(terminal);
    private string _tail = "";

    public override PSHostRawUserInterface RawUI { get; } = new SandboxRawUserInterface(terminal);

    public override bool SupportsVirtualTerminal => terminal.ColoursOutput;

    public override void Write(string value)
    {
        _progress.Hide();
        Console.Out.Write(GetOutputString(value, terminal.ColoursOutput));
        var plain = _tail + GetOutputString(value, supportsVirtualTerminal: false).ReplaceLineEndings("\n");
        _tail = plain[^Math.Min(2, plain.Length)..];
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        var style = PSStyle.MapForegroundColorToEscapeSequence(foregroundColor);
        // Every console claims black: painting it would leave bars on a light terminal.
        if (backgroundColor != ConsoleColor.Black) style += PSStyle.MapBackgroundColorToEscapeSequence(backgroundColor);
        Write(Styled(style, value));
    }

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value)
    {
        _progress.Hide();
        Console.Error.WriteLine(GetOutputString(value, terminal.ColoursError));
    }

    public override void WriteWarningLine(string message) => WriteLine(Styled(FormatStyle.Warning, "WARNING: " + message));

    public override void WriteVerboseLine(string message) => WriteLine(Styled(FormatStyle.Verbose, "VERBOSE: " + message));

    public override void WriteDebugLine(string message) => WriteLine(Styled(FormatStyle.Debug, "DEBUG: " + message));

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    /// <summary>Puts a blank line above what comes next, unless there is one.</summary>
    public void StartParagraph()
    {
        if (!string.Equals(_tail, "\n\n", StringComparison.Ordinal)) WriteLine("");
    }

    public override string ReadLine() => _questions.ReadLine("the next line");

    public override SecureString ReadLineAsSecureString() => _questions.ReadSecret("the next line");

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteHeading(caption, message);
        return descriptions.ToDictionary(field => field.Name, _questions.Ask, StringComparer.OrdinalIgnoreCase);
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteHeading(caption, message);
        return _questions.Choose(choices, defaultChoice);
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName)) userName = _questions.ReadLine("User");
        return new(userName, _questions.ReadSecret($"Password for user {userName}"));
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => PromptForCredential(caption, message, userName, targetName);

    private static string Styled(FormatStyle style, string value) => Styled(GetFormatStyleString(style), value);

    private static string Styled(string style, string value) => style + value + PSStyle.Instance.Reset;

    private void WriteHeading(string caption, string message)
    {
        if (!terminal.IsInteractive) return;
        if (!string.IsNullOrEmpty(caption)) WriteLine(Styled(PSStyle.Instance.Bold, caption));
        if (!string.IsNullOrEmpty(message)) WriteLine(message);
    }
}
