#if NETSTANDARD2_0
// Types that the compiler or the code needs and netstandard2.0 lacks. A package for them would add an assembly or change the output.
using System.Diagnostics;

namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;
}

namespace System
{
    internal class TimeProvider
    {
        public static TimeProvider System { get; } = new();

        public virtual DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow;

        public virtual long TimestampFrequency => Stopwatch.Frequency;

        public virtual long GetTimestamp() => Stopwatch.GetTimestamp();

        public TimeSpan GetElapsedTime(long since) => GetElapsedTime(since, GetTimestamp());

        public TimeSpan GetElapsedTime(long since, long until) => TimeSpan.FromTicks((long)((until - since) * (TimeSpan.TicksPerSecond / (double)TimestampFrequency)));

        /// <summary>Replaces Task.Delay with a clock, so that tests need not wait here either.</summary>
        internal virtual Task Delay(TimeSpan span, CancellationToken cancellationToken) => Task.Delay(span, cancellationToken);
    }
}
#endif
