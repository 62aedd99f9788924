global using System.Net.Http;

using System.Text.RegularExpressions;

namespace System.Threading.Tasks
{
    internal sealed class TaskCompletionSource : TaskCompletionSource<bool>
    {
        internal void SetResult() => SetResult(true);

        internal bool TrySetResult() => TrySetResult(true);
    }
}

namespace OdcPowerShell.Core.Tests
{
    /// <summary>What the tests use and this runtime lacks.</summary>
    internal static class Polyfills
    {
        extension(Task task)
        {
            internal Task WaitAsync(TimeSpan span) => task.WaitAsync(span, CancellationToken.None);

            internal Task WaitAsync(CancellationToken cancellationToken) => task.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

            private async Task WaitAsync(TimeSpan span, CancellationToken cancellationToken)
            {
                if (await Task.WhenAny(task, Task.Delay(span, cancellationToken)) != task)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    throw new TimeoutException();
                }

                await task;
            }
        }

        extension(CancellationTokenSource source)
        {
            internal Task CancelAsync()
            {
                source.Cancel();
                return Task.CompletedTask;
            }
        }

        extension(HttpContent content)
        {
            internal Task<string> ReadAsStringAsync(CancellationToken cancellationToken)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return content.ReadAsStringAsync();
            }
        }

        extension(string text)
        {
            internal bool Contains(char part, StringComparison comparison) => text.IndexOf(part.ToString(), comparison) >= 0;

            internal string[] Split(char separator, StringSplitOptions options) => text.Split([separator], options);

            internal static string Join<T>(char separator, IEnumerable<T> values) => string.Join(separator.ToString(), values);
        }

        extension(Regex)
        {
            internal static int Count(string text, string pattern) => Regex.Matches(text, pattern).Count;
        }
    }
}
