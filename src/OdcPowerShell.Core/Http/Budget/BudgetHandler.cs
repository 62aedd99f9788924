using System.Net;

namespace OdcPowerShell.Http;

/// <summary>Lets a request leave when the published limits have room for it, and reports why and how long a request waits.</summary>
internal sealed class BudgetHandler(Func<RateBudget> budget, double share, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var limits = RateLimits.For(request.Method, request.RequestUri!.AbsolutePath);
        if (limits.Count == 0)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var shared = budget();
        var ticket = shared.Enter(limits, share);
        try
        {
            if (shared.TakeNotice() is { } notice)
                request.Caller().Verbose(notice);
            if (!ticket.Granted.IsCompleted && request.Caller() is HurriedCaller)
                throw NoRoom(shared.Outlook(ticket).Name);
            if (!ticket.Granted.IsCompleted)
                await WaitAsync(shared, ticket, request.Caller(), cancellationToken).ConfigureAwait(false);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == (HttpStatusCode)429)
                ticket.Refused(RetryAfter.Read(response, time), Jitter.Next());
            else
                ticket.Answered();
            return response;
        }
        catch (OdcException e) when (e.WasNotSent)
        {
            ticket.GiveBack();
            throw;
        }
        finally
        {
            // Whatever else happened, the request may have arrived: its place is held.
            ticket.Answered();
        }
    }

    private async Task WaitAsync(RateBudget shared, RateTicket ticket, ICaller caller, CancellationToken cancellationToken)
    {
        var (name, isShown, isWritten) = ("", false, false);
        while (!ticket.Granted.IsCompleted)
        {
            (name, var limit, var left) = shared.Outlook(ticket);
            // Of the pages that are fetched ahead only the one that is waited for says so.
            if (!isWritten && left > WorthTelling && caller is not BackgroundCaller { IsAwaited: false })
            {
                caller.Verbose(FormattableString.Invariant($"Waiting about {left.TotalSeconds:0} s: the service allows {limit} requests a minute for {name}."));
                isWritten = true;
            }

            if (isShown || left > WorthTelling)
            {
                caller.Progress(new CallerProgress($"Waiting for the rate limit of {name}", left));
                isShown = true;
            }

            using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(ticket.Granted, time.DelayAsync(Tick, tick.Token)).ConfigureAwait(false);
            tick.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (isShown)
            caller.Progress(new CallerProgress($"Waiting for the rate limit of {name}", Left: null));
    }

    private static OdcException NoRoom(string name) => new(
        OdcErrorCause.Throttled, $"The rate limit of {name} has no room now.", "Try again in a minute; Get-OdcRateLimit shows when there is room.") { WasNotSent = true };
}
