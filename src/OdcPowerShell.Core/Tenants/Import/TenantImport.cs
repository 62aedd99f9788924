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
    private int _broken;

    /// <summary>Why nothing else is sent: the sign-in failed, or the tenant can't be reached. Null as long as it works.</summary>
    internal OdcException? Ended { get; private set; }

    internal IEnumerable<StepOutcome> Outcomes => _outcomes.Values;

    /// <summary>Keeps that a step was not sent.</summary>
    internal StepOutcome Leave(TenantStep step, string reason) => _outcomes[step] = new StepOutcome(StepOutcome.NotDone, reason);

    /// <summary>Sends the requests of a step, unless something that it needs is missing.</summary>
    internal async Task<StepOutcome> SendAsync(TenantStep step) => _outcomes[step] = await OutcomeAsync(step).ConfigureAwait(false);

    private async Task<StepOutcome> OutcomeAsync(TenantStep step)
    {
        if (step.Send is null)
            return new StepOutcome(StepOutcome.NotDone, step.Reason);
        if (Ended is not null)
            return new StepOutcome(StepOutcome.NotDone, $"the import ended before: {Ended.Message}");
        if (step.Needs.FirstOrDefault(n => !_outcomes.TryGetValue(n, out var needed) || needed.Result != StepOutcome.Done) is { } missing)
            return new StepOutcome(StepOutcome.NotDone, $"it needs the {missing.Object}, which was not created");
        try
        {
            await step.Send(sender).ConfigureAwait(false);
            _broken = 0;
            return new StepOutcome(StepOutcome.Done);
        }
        catch (OdcException e) when (step.SecretName is not null && IsOfVault(e.Cause))
        {
            if (e.Cause == OdcErrorCause.SecretNotFound)
                e.Advise($"To create it: Set-Secret '{step.SecretName.Replace("'", "''")}' (Read-Host -AsSecureString)");
            return new StepOutcome(StepOutcome.NotDone, $"{e.Message} {e.RecommendedAction}", e);
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

    private static bool IsOfVault(OdcErrorCause cause) => cause is OdcErrorCause.SecretNotFound or OdcErrorCause.VaultLocked or OdcErrorCause.VaultMissing or OdcErrorCause.VaultModuleMissing or OdcErrorCause.VaultFailed
        or OdcErrorCause.SecretWrongType or OdcErrorCause.InvalidRequest;
}
