namespace OdcPowerShell.Authentication;

/// <summary>An access token with its life. The end is measured by the monotonic clock; the date is for display.</summary>
internal sealed class AccessToken
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly TimeProvider _time;
    private readonly long _asked;
    private readonly TimeSpan _life;

    /// <summary>A token asked for at the timestamp <paramref name="asked"/>; a null life means that its end is not known.</summary>
    internal AccessToken(Secret value, TimeSpan? life, TimeProvider time, long asked)
    {
        Value = value;
        _life = life ?? TimeSpan.MaxValue;
        _time = time;
        _asked = asked;
        ExpiresOn = time.GetUtcNow() - time.GetElapsedTime(asked) + life;
    }

    internal Secret Value { get; }

    internal DateTimeOffset? ExpiresOn { get; }

    /// <summary>How far this machine's clock is from the identity server's, when the server said its time.</summary>
    internal TimeSpan ClockSkew { get; init; }

    internal bool IsExpired => Age >= _life;

    /// <summary>Time to renew: five minutes before the end, or after 80 % of a life that is shorter than 25 minutes.</summary>
    internal bool IsDue => Age >= RenewAfter;

    /// <summary>How long to leave a failed renewal alone while the token still serves.</summary>
    internal TimeSpan RenewalPause => TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(30).Ticks, _life.Ticks / 20));

    private TimeSpan Age => _time.GetElapsedTime(_asked);

    private TimeSpan RenewAfter => TimeSpan.FromTicks(Math.Max((_life - Margin).Ticks, _life.Ticks / 5 * 4));
}
