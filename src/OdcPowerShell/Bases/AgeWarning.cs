namespace OdcPowerShell.Bases;

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
