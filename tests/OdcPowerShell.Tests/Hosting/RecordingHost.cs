using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>A host of 120 columns, or as many as a test wants, that keeps all text, and answers every question with yes, or with another choice.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingInterface _interface = new();

    /// <summary>How many columns its window has.</summary>
    internal int Width { set => _interface.RawUI.BufferSize = _interface.RawUI.WindowSize = new Size(value, 50); }

    /// <summary>The culture of whoever sits before it.</summary>
    internal CultureInfo Culture { get; set; } = CultureInfo.CurrentCulture;

    /// <summary>All that would be on the screen, without colours.</summary>
    internal string Text => _interface.Text;

    /// <summary>The answer to questions: 0 is yes, 2 is no.</summary>
    internal int Choice { set => _interface.Choice = value; }

    /// <summary>What happens while a question is open.</summary>
    internal Action? WhenAsked { set => _interface.WhenAsked = value; }

    public override CultureInfo CurrentCulture => Culture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Tests";

    public override PSHostUserInterface UI => _interface;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt()
    {
    }

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class RecordingInterface : PSHostUserInterface
    {
        private readonly StringBuilder _text = new();

        internal int Choice { private get; set; }

        internal Action? WhenAsked { private get; set; }

        internal string Text
        {
            get
            {
                lock (_text)
                    return _text.ToString();
            }
        }

        public override PSHostRawUserInterface RawUI { get; } = new RecordingRawInterface();

        public override bool SupportsVirtualTerminal => false;

        private void Add(string value)
        {
            lock (_text)
                _text.Append(GetOutputString(value, supportsVirtualTerminal: false));
        }

        public override void Write(string value) => Add(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Add(value);

        public override void WriteLine(string value) => Add(value + "\n");

        public override void WriteErrorLine(string value) => Add(value + "\n");

        public override void WriteDebugLine(string message) => Add("DEBUG: " + message + "\n");

        public override void WriteVerboseLine(string message) => Add("VERBOSE: " + message + "\n");

        public override void WriteWarningLine(string message) => Add("WARNING: " + message + "\n");

        public override void WriteProgress(long sourceId, ProgressRecord record) => Add(record.ToString() + "\n");

        public override string ReadLine() => "";

        public override SecureString ReadLineAsSecureString() => new();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Add(caption + "\n" + message + "\n");
            WhenAsked?.Invoke();
            return Choice;
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
            throw new InvalidOperationException("Asked for " + string.Join(", ", descriptions.Select(d => d.Name)));

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            throw new InvalidOperationException("Asked for a credential.");

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
            throw new InvalidOperationException("Asked for a credential.");
    }

    private sealed class RecordingRawInterface : PSHostRawUserInterface
    {
        public override Size BufferSize { get; set; } = new(120, 50);

        public override ConsoleColor BackgroundColor { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override bool KeyAvailable => false;

        public override Size MaxPhysicalWindowSize => new(120, 50);

        public override Size MaxWindowSize => new(120, 50);

        public override Coordinates WindowPosition { get; set; }

        public override Size WindowSize { get; set; } = new(120, 50);

        public override string WindowTitle { get; set; } = "";

        public override void FlushInputBuffer()
        {
        }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new InvalidOperationException("Asked for a key.");

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
        {
        }

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
        {
        }

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
        {
        }
    }
}
