namespace OdcPowerShell.Sandbox.Editing;

internal enum InputKind
{
    Line,
    Cancelled,
    EndOfInput,
}

/// <summary>What a person did with a prompt: entered a text, gave it up with Ctrl+C, or left with Ctrl+D.</summary>
internal readonly record struct LineInput(InputKind Kind, string Text);
