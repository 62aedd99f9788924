using OdcPowerShell.Identity;

namespace OdcPowerShell.Tenants;

/// <summary>How a step ended.</summary>
/// <param name="Result">Done, Failed or NotDone.</param>
/// <param name="Reason">Why it failed or was not done.</param>
/// <param name="Failure">The failure; null for none.</param>
internal sealed record StepOutcome(string Result, string? Reason = null, OdcException? Failure = null)
{
    internal const string Done = "Done";
    internal const string Failed = "Failed";
    internal const string NotDone = "NotDone";
}

/// <summary>Sends the steps of a plan, one after another. What fails does not stop what does not need it.</summary>
internal sealed class TenantImport(StepSender sender)
{
    private const int MostBroken = 2;
    private readonly Dictionary<TenantStep, StepOutcome> _outcomes = [];
    private readonly HashSet<TenantStep> _declined = [];
    private int _broken;

    /// <summary>Why nothing else is sent: the sign-in failed, or the tenant can't be reached. Null as long as it works.</summary>
    internal OdcException? Ended { get; private set; }

    /// <summary>The number of steps that the user declined, and of those that need one of them.</summary>
    internal int Declined => _declined.Count;

    /// <summary>The number of steps that failed, and of those that were not done without having been declined.</summary>
    internal (int Failed, int NotDone) Open => (_outcomes.Values.Count(o => o.Result == StepOutcome.Failed), _outcomes.Count(o => o.Value.Result == StepOutcome.NotDone && !o.Key.IsSkipped && !_declined.Contains(o.Key)));

    /// <summary>The next steps that are sent together: one, or many new users.</summary>
    internal static IReadOnlyList<TenantStep> Next(IReadOnlyList<TenantStep> steps, int done) =>
        steps[done].User is null ? [steps[done]] : [.. steps.Skip(done).TakeWhile(s => s.User is not null).Take(IdentityApi.UsersPerImport)];

    /// <summary>Keeps that a step does nothing.</summary>
    internal StepOutcome Skip(TenantStep step) => _outcomes[step] = new StepOutcome(StepOutcome.NotDone, step.Reason);

    /// <summary>Keeps that the user declined a step.</summary>
    internal StepOutcome Decline(TenantStep step)
    {
        _declined.Add(step);
        return _outcomes[step] = new StepOutcome(StepOutcome.NotDone, "it was declined");
    }

    /// <summary>Sends the requests of a step, unless something that it needs is missing.</summary>
    internal async Task<StepOutcome> SendAsync(TenantStep step) => _outcomes[step] = NotPossible(step) ?? await OutcomeAsync(step, step.Send!).ConfigureAwait(false);

    /// <summary>Sends steps that are sent together.</summary>
    internal async Task<IReadOnlyList<StepOutcome>> SendAsync(IReadOnlyList<TenantStep> steps)
    {
        if (steps.Count >= NewUsers.Fewest)
            return await SendUsersAsync(steps).ConfigureAwait(false);
        List<StepOutcome> outcomes = [];
        foreach (var step in steps)
            outcomes.Add(await SendAsync(step).ConfigureAwait(false));
        return outcomes;
    }

    // Creates new users together, and grants the roles of each.
    private async Task<IReadOnlyList<StepOutcome>> SendUsersAsync(IReadOnlyList<TenantStep> steps)
    {
        foreach (var step in steps)
        {
            if (NotPossible(step) is { } reason)
                _outcomes[step] = reason;
        }

        var open = steps.Where(s => !_outcomes.ContainsKey(s)).ToList();
        if (open.Count > 0)
        {
            NewUsers? users = null;
            try
            {
                users = await NewUsers.CreateAsync(sender, [.. open.Select(s => (s.Name, s.User!.Profile))]).ConfigureAwait(false);
            }
            catch (OdcException e)
            {
                Judge(e);
                open.ForEach(step => _outcomes[step] = new StepOutcome(StepOutcome.Failed, e.Message, e));
            }

            foreach (var step in users is null ? [] : open)
                _outcomes[step] = await OutcomeAsync(step, s => step.User!.AddAccess(s, users!.KeyOf(step.Name))).ConfigureAwait(false);
        }

        return [.. steps.Select(s => _outcomes[s])];
    }

    private StepOutcome? NotPossible(TenantStep step)
    {
        if (Ended is not null)
            return new StepOutcome(StepOutcome.NotDone, $"the import ended before: {Ended.Message}");
        if (step.Needs.FirstOrDefault(n => !_outcomes.TryGetValue(n, out var needed) || needed.Result != StepOutcome.Done) is not { } missing)
            return null;
        if (_declined.Contains(missing))
            _declined.Add(step);
        return new StepOutcome(StepOutcome.NotDone, $"it needs the {missing.Object}, which was not {(missing.Action == TenantAction.Create ? "created" : "changed")}");
    }

    private async Task<StepOutcome> OutcomeAsync(TenantStep step, Func<StepSender, Task> send)
    {
        try
        {
            await send(sender).ConfigureAwait(false);
            _broken = 0;
            return new StepOutcome(StepOutcome.Done);
        }
        catch (UnreadSecretsException e)
        {
            // The secrets of all steps are one error at the end.
            return new StepOutcome(StepOutcome.NotDone, e.Message);
        }
        catch (OdcException e)
        {
            Judge(e);
            return new StepOutcome(StepOutcome.Failed, e.Message, e);
        }
    }

    // One broken connection may be an accident; without sign-in nothing else works.
    private void Judge(OdcException e)
    {
        var isBroken = e.Cause is OdcErrorCause.ConnectFailed or OdcErrorCause.DnsFailed or OdcErrorCause.ProxyRefused;
        _broken = isBroken ? _broken + 1 : 0;
        if (_broken >= MostBroken || e is OdcSignInException || (e.Cause.ConcernsSession() && !isBroken))
            Ended = e;
    }
}
