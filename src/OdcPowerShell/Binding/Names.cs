using System.Collections;
using System.Reflection;

namespace OdcPowerShell.Binding;

/// <summary>Makes Tab offer the names of the tenant's objects: of the type of the parameter, of the type that the command gets, or of the specified type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamesAttribute(Type? resource = null) : ArgumentCompleterAttribute(typeof(NameCompleter))
{
    internal ResourceType Of(PropertyInfo parameter) => ResourceTypes.Of(
        resource ?? parameter.GetCustomAttributes().OfType<ReferenceAttribute>().FirstOrDefault()?.Resource ?? parameter.ReflectedType!.BaseType!.GetGenericArguments()[0]);
}

/// <summary>Completes names of the tenant's objects: known names, or the answer to one request of at most two seconds. It never signs in.</summary>
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
            // Tab uses the stages that were read last, without a request.
            if (type == ResourceTypes.Stage && client.Names.Stages.Loaded is { } loaded)
                return [.. loaded.Select(s => s.Name).OfType<string>()];
            if (client.Tokens.Current is not { IsDue: false })
                return [];
            using var limit = new CancellationTokenSource(Limit);
            if (type.ListInOrganization is { } all && LanguagePrimitives.IsTrue(boundParameters["Organization"]))
                return Task.Run(() => NamesInAsync(type, all(client), limit.Token), limit.Token).GetAwaiter().GetResult();
            if (type.ListInStage is { } list)
                return StageOf(client, boundParameters["Stage"]) is { } stage ? Task.Run(() => NamesInAsync(type, list(client, stage), limit.Token), limit.Token).GetAwaiter().GetResult() : [];
            return Task.Run(() => client.Names.FirstAsync(type, typed, SilentCaller.Instance, limit.Token), limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OdcException or OperationCanceledException)
        {
            // Tab can't show an error; the command itself will report it.
            return [];
        }
    }

    private static async Task<IEnumerable<string>> NamesInAsync(ResourceType type, IPagedList<OdcResource> list, CancellationToken cancellationToken) =>
        [.. (await list.ReadAllAsync(SilentCaller.Instance, cancellationToken)).Select(item => type.NamesOf(item).FirstOrDefault()).OfType<string>()];

    // The stage as it is typed so far, among those that were read last: a name, a key or an object.
    private static string? StageOf(OdcClient client, object? typed)
    {
        var text = typed is null ? null : PipedObject.Of(typed)?.Text(ResourceTypes.Stage.KeyProperty) ?? typed.ToString();
        var known = client.Names.Stages.Loaded?.FirstOrDefault(s => NameText.IsSame(s.Name, text) || string.Equals(s.StageKey, text, StringComparison.OrdinalIgnoreCase));
        return known?.StageKey ?? (Guid.TryParse(text, out _) ? text : null);
    }
}

/// <summary>Completes names of the connections of this runspace, without a request.</summary>
public sealed class ConnectionCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(PropertyInfo? parameter, string typed, IDictionary boundParameters) => SessionTable.Shared.All.Select(c => c.Name);
}

/// <summary>The caller of Tab completion: messages are not shown, and there is no sign-in.</summary>
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

    public void Incomplete(string message)
    {
    }

    public void Progress(CallerProgress progress)
    {
    }

    public void Reused(TimeSpan age)
    {
    }

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) =>
        throw new OdcException(OdcErrorCause.NotConnected, "Completion does not sign in.", "Run a command first.");
}
