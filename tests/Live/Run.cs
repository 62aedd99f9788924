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

    /// <summary>Runs all checks. What ends the run early is in the ledger; what the run created is removed in any case.</summary>
    internal async Task<Ledger> AllAsync()
    {
        service.Answered += Ledger.Count;
        try
        {
            await new ShapeCheck(this).RunAsync();
            await new PagingCheck(this).RunAsync();
            await new SortCheck(this).RunAsync();
            await new FilterCheck(this).RunAsync();
            await new CountCheck(this).RunAsync();
            await Errors.RunAsync();
            if (options.AllowChanges)
                await new OwnObjects(this).RunAsync();
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

        return Ledger;
    }
}
