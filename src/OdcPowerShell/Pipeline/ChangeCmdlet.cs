using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Json;
using OdcPowerShell.Parameters;

namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that changes something. What it would send is shown with -WhatIf and asked for with -Confirm.</summary>
public abstract class ChangeCmdlet : ConnectedCmdlet
{
    private readonly List<Action> _atEnd = [];

    private protected ChangeCmdlet()
    {
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _atEnd.ForEach(change => change());

    /// <summary>
    /// Makes a change when all input has come. At once, it would shift the pages of the list that the input comes from: of 200 active users
    /// who are disabled as they come, the second hundred is never seen.
    /// </summary>
    private protected void AtEnd(Action change) => _atEnd.Add(change);

    /// <summary>Sends a change of one object, once the user agrees; whether it was made. A failure is written as the input's error.</summary>
    private protected bool Send(object target, Operation operation, string[] keys, RequestBody? body = null)
    {
        var request = operation.Request(keys, body: body?.ToContent());
        return ShouldSend(target, request) && RunFor(target, stopped => Client.ChangeAsync(request, Caller, stopped)) is not null;
    }

    /// <summary>The same for an operation that answers with something; null when it was not sent or failed.</summary>
    private protected T? Send<T>(object target, Operation<T> operation, string[] keys, RequestBody? body = null)
        where T : class
    {
        var request = operation.Request(keys, body: body?.ToContent());
        return Send(target, request, stopped => Client.SendAsync(request, operation, Caller, stopped));
    }

    /// <summary>The same for a change that takes further steps: the request is what the user sees and agrees to, the work is all of it.</summary>
    private protected T? Send<T>(object target, ApiRequest shown, Func<CancellationToken, Task<T>> work)
        where T : class => ShouldSend(target, shown) ? RunFor(target, work) : null;

    /// <summary>The same for an object that is changed under its own key.</summary>
    private protected bool Send(ObjectReference target, Operation operation, RequestBody? body = null, params string[] furtherKeys) =>
        KeyOf(target) is { } key && Send(target.Given ?? target.Text, operation, [key, .. furtherKeys], body);

    /// <summary>Writes an object as the service has it now; a failure is the input's error.</summary>
    private protected void WriteNow<T>(ObjectReference target, Operation<T> read, Action<T>? complete = null)
        where T : OdcResource
    {
        if (RunFor(target.Given ?? target.Text, stopped => Client.GetAsync(read, [target.Key!], query: null, Caller, stopped)) is not { } now)
            return;
        complete?.Invoke(now);
        Write(now);
    }

    /// <summary>Writes what was created. When it can't be read, what is known of it is written, so that its key is not lost.</summary>
    private protected void WriteCreated<T>(CreatedObject created, Operation<T> read, Func<string, T> known, Action<T>? complete = null)
        where T : OdcResource
    {
        var now = ReadNew(Run(_ => Task.FromResult(created.RequiredKey)), read, known);
        complete?.Invoke(now);
        Write(now);
    }

    /// <summary>What was just created or started, as the service has it; or what is known of it, with a warning.</summary>
    private protected T ReadNew<T>(string key, Operation<T> read, Func<string, T> known)
        where T : class
    {
        var (now, failure) = Try(stopped => Client.GetAsync(read, [key], query: null, Caller, stopped));
        if (failure is not null)
            WriteWarning($"It is there with the key {key}, but can't be read back: {failure.Message}");
        return now ?? known(key);
    }

    /// <summary>Whether nothing is sent, because the user only wants to see what would be.</summary>
    internal bool IsTrial => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>A question of the cmdlet's own, asked after PowerShell's.</summary>
    private protected virtual bool Agrees(object target) => true;

    private bool ShouldSend(object target, ApiRequest request) =>
        ShouldProcess($"{target} ({request.Method} {ChangePreview.Of(CurrentConnection, request)})") && Agrees(target);
}
