using System.Collections;
using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>Has Tab offer the names of the tenant's objects: of the type that the parameter refers to, or that the command gets, or of another one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamesAttribute(Type? resource = null) : ArgumentCompleterAttribute(typeof(NameCompleter))
{
    internal ResourceType Of(PropertyInfo parameter) => ResourceTypes.Of(
        resource ?? parameter.GetCustomAttributes().OfType<ReferenceAttribute>().FirstOrDefault()?.Resource ?? parameter.ReflectedType!.BaseType!.GetGenericArguments()[0]);
}

/// <summary>Names of the tenant's objects: those that are known, or what one request of at most two seconds answers. It never signs in.</summary>
public sealed class NameCompleter : ValueCompleter
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private protected override IEnumerable<string> Values(PropertyInfo? parameter, string typed, IDictionary boundParameters)
    {
        if (parameter?.GetCustomAttribute<NamesAttribute>()?.Of(parameter) is not { } type)
            return [];
        try
        {
            var client = SessionTable.Shared.Resolve(ConnectionReference.From(boundParameters["Connection"])).Client;
            // The stages that were read last are good enough for Tab, and need no request.
            if (type == ResourceTypes.Stage && client.Names.Stages.Loaded is { } loaded)
                return [.. loaded.Select(s => s.Name).OfType<string>()];
            if (client.Tokens.Current is not { IsDue: false })
                return [];
            using var limit = new CancellationTokenSource(Limit);
            return Task.Run(() => client.Names.FirstAsync(type, typed, SilentCaller.Instance, limit.Token), limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OdcException or OperationCanceledException)
        {
            // Tab has no place for an error; the command itself will report it.
            return [];
        }
    }
}

/// <summary>Names of the connections of this runspace; nothing is asked of a service.</summary>
public sealed class ConnectionCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(PropertyInfo? parameter, string typed, IDictionary boundParameters) => SessionTable.Shared.All.Select(c => c.Name);
}

/// <summary>Stands for Tab: nobody sees messages, and nobody may be asked to sign in.</summary>
internal sealed class SilentCaller : IPassiveCaller
{
    internal static SilentCaller Instance { get; } = new();

    public bool IsWaiting => false;

    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }

    public void Progress(CallerProgress progress)
    {
    }

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) =>
        throw new OdcException(OdcErrorCause.NotConnected, "Completion does not sign in.", "Run a command first.");
}
