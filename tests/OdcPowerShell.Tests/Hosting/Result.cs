using System.Management.Automation;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>All that came of a script.</summary>
internal sealed record Result(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, RuntimeException? Terminating)
{
    internal IReadOnlyList<string> Warnings { get; private init; } = [];

    internal IReadOnlyList<string> Verbose { get; private init; } = [];

    /// <summary>A copy of all streams: they end with the shell.</summary>
    internal static Result From(IEnumerable<PSObject> output, PSDataStreams streams, RuntimeException? terminating) => new([.. output], [.. streams.Error], terminating)
    {
        Warnings = [.. streams.Warning.Select(w => w.Message)],
        Verbose = [.. streams.Verbose.Select(v => v.Message)],
    };

    /// <summary>The terminating error, or else the first of the stream.</summary>
    internal ErrorRecord Error => Terminating?.ErrorRecord ?? Errors.FirstOrDefault() ?? throw new InvalidOperationException("There was no error.");

    internal bool HasError => Terminating is not null || Errors.Count > 0;

    /// <summary>The error id without the command's name.</summary>
    internal string ErrorId => Error.FullyQualifiedErrorId.Split(',')[0];

    internal OdcException Exception => Error.Exception as OdcException ?? throw new InvalidOperationException("Not the module's error: " + Error.Exception);

    internal T Single<T>()
    {
        ThrowOnError();
        return (T)Assert.Single(Output).BaseObject;
    }

    internal IReadOnlyList<T> All<T>()
    {
        ThrowOnError();
        return [.. Output.Select(o => (T)o.BaseObject)];
    }

    internal Result ThrowOnError()
    {
        if (HasError)
            throw new InvalidOperationException($"{Error.FullyQualifiedErrorId}: {Error}", Error.Exception);
        return this;
    }
}
