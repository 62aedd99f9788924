namespace OdcPowerShell;

/// <summary>A failure with a documented cause and a way out. It never holds a secret or a token.</summary>
public class OdcException : Exception
{
    internal OdcException(OdcErrorCause cause, string message, string recommendedAction, Exception? inner = null)
        : base(message, inner)
    {
        Cause = cause;
        RecommendedAction = recommendedAction;
    }

    /// <summary>Why it failed; the PowerShell error id is <c>Odc</c> followed by this.</summary>
    public OdcErrorCause Cause { get; }

    /// <summary>What to do about it.</summary>
    public string RecommendedAction { get; }

    /// <summary>Whether the request certainly did not reach the service, so that it may be sent again whatever it does.</summary>
    internal bool NeverLeft { get; set; }
}
