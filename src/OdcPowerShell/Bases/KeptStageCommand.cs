namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that reads what stages have from an API that allows few requests a minute: lists are read once in five minutes unless something changes.</summary>
public abstract class KeptStageCommand : StageCmdlet
{
    private protected KeptStageCommand()
    {
    }

    /// <summary>Reads from the service again. Without it, a list that this connection read in the last five minutes is used again, unless something was changed by this process.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        WhenReused = new AgeWarning(this).Warn;
        // The names in the parameters are looked up in the base.
        if (Refresh)
            Client.Kept.Forget();
        base.BeginProcessing();
    }
}

/// <summary>Warns once that an answer is not of this minute.</summary>
internal sealed class AgeWarning(Cmdlet cmdlet)
{
    // What was read just now needs no warning.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);
    private bool _hasWarned;

    internal void Warn(TimeSpan age)
    {
        if (age < Recent || _hasWarned)
            return;
        _hasWarned = true;
        cmdlet.WriteWarning(FormattableString.Invariant($"This was read {(age.TotalMinutes < 2 ? "a minute" : $"{(int)age.TotalMinutes} minutes")} ago and is used again, because the API allows 10 requests a minute. To read it now, use -Refresh."));
    }
}
