using OdcPowerShell.Http;

namespace OdcPowerShell;

/// <summary>A failure with a documented cause and a way out. It never holds a secret or a token.</summary>
public class OdcException : Exception
{
    private string? _note;

    internal OdcException(OdcErrorCause cause, string message, string recommendedAction, Exception? inner = null)
        : base(Redactor.CleanAddresses(message), Redactor.Safe(inner))
    {
        Cause = cause;
        RecommendedAction = recommendedAction;
    }

    /// <summary>What went wrong, and how often it was tried.</summary>
    public override string Message => _note is null ? base.Message : $"{base.Message} {_note}";

    /// <summary>Why it failed; the PowerShell error id is <c>Odc</c> followed by this.</summary>
    public OdcErrorCause Cause { get; }

    /// <summary>What to do about it.</summary>
    public string RecommendedAction { get; }

    /// <summary>Whether the request certainly did not reach the service, so that it may be sent again whatever it does.</summary>
    internal bool NeverLeft { get; set; }

    /// <summary>Adds what only a later stage knows: how often it was tried, and how much had come.</summary>
    internal void Note(string sentence) => _note = _note is null ? sentence : $"{_note} {sentence}";
}
