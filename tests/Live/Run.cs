using OdcPowerShell.Live.Changes;
using OdcPowerShell.Live.Checks;
using OdcPowerShell.Live.Judges;
using OdcPowerShell.Live.Questions;

namespace OdcPowerShell.Live;

/// <summary>One run against a tenant: the checks in their order, and what they share.</summary>
internal sealed class Run(OdcClient client, Service service, LiveOptions options, Specifications? specifications, ICaller caller)
{
    internal OdcClient Client => client;

    internal Service Service => service;

    internal LiveOptions Options => options;

    internal Specifications? Specifications => specifications;

    internal KeyRing Keys { get; } = new();

    internal Ledger Ledger { get; } = new();

    internal ChangeAnswers Changes { get; } = new();

    internal ErrorCheck Errors => field ??= new ErrorCheck(this);

    /// <summary>A way to the tenant that does not wait for the published limits, to find out the real ones.</summary>
    internal Service OpenUnlimited() => new(client, options, caller, hasBudget: false, service.Stopped);

    internal void Report(Operation operation, Deviation kind, string path, string expected, string found, string source = Sources.Module) =>
        Ledger.Add(new Finding(kind, Judges.Specifications.Name(operation), path, expected, found, source));

    /// <summary>Judges one operation. What a judge throws is a finding of that operation: its type only, because the message may have a value.</summary>
    internal async Task JudgeAsync(Operation operation, Func<Task> judge)
    {
        try
        {
            await judge();
        }
        catch (Exception e) when (e is not (OperationCanceledException or CannotRunException))
        {
            Report(operation, Deviation.Unreadable, "", "an answer that can be judged", e.GetType().Name);
        }
    }

    /// <summary>Runs all checks. What ends the run early is in the ledger; what the run created is removed in any case.</summary>
    internal async Task<Ledger> AllAsync()
    {
        service.Answered += Ledger.Count;
        try
        {
            var changes = options.AllowChanges ? new OwnObjects(this, await DevelopmentStage.FindAsync(service, options.Stage)) : null;
            await new ShapeCheck(this).RunAsync();
            await new PagingCheck(this).RunAsync();
            await new SortCheck(this).RunAsync();
            await new FilterCheck(this).RunAsync();
            await new CountCheck(this).RunAsync();
            await Errors.RunAsync();
            if (changes is not null)
                await changes.RunAsync();
            if (options.MeasureLimits)
                await new LimitMeasurement(this).RunAsync();
            await new OpenQuestions(this).RunAsync();
        }
        catch (OperationCanceledException) when (service.Stopped.IsCancellationRequested)
        {
            Ledger.EndedEarly = "It was stopped.";
        }
        catch (CannotRunException e)
        {
            Ledger.EndedEarly = e.Message;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The report of what was found until then is written in any case.
            Ledger.EndedEarly = $"A check failed ({e.GetType().Name}).";
        }

        return Ledger;
    }
}
