using System.Globalization;
using System.Reflection;

namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that changes something. What it would send is shown with -WhatIf and asked for with -Confirm.</summary>
public abstract class ChangeCmdlet : ConnectedCmdlet
{
    private readonly List<Action> _deferred = [];
    private HashSet<string> _typed = [];
    private bool _forgets;

    private protected ChangeCmdlet()
    {
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _typed = [.. MyInvocation.BoundParameters.Keys];
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            _deferred.ForEach(change => change());
        }
        finally
        {
            if (_forgets)
                Client.Names.Forget();
        }
    }

    /// <summary>
    /// Makes a change when all input has come. At once, it would shift the pages of the list that the input comes from: of 200 active users
    /// who are disabled as they come, the second hundred is never seen.
    /// </summary>
    private protected void Defer(Action change) => _deferred.Add(change);

    /// <summary>Has names be looked up anew when all is done: after each change, every name would be looked up again.</summary>
    private protected void ForgetNamesLater() => _forgets = true;

    /// <summary>Sends a change, once the user agrees; whether it was made. A failure is written as the input's error.</summary>
    private protected bool SendChange(string what, object target, Operation operation, string[] keys, RequestBody? body = null)
    {
        var request = operation.Request(keys, body: body?.ToContent());
        return ShouldSend(what, request) && RunFor(target, stopped => Client.ChangeAsync(request, Caller, stopped), what) is not null;
    }

    /// <summary>The same for an operation that answers with something; null when it was not sent or failed.</summary>
    /// <param name="what">What is changed, in words.</param>
    /// <param name="target">The input.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="keys">The keys in its path.</param>
    /// <param name="body">Its body.</param>
    /// <param name="agrees">A question of the cmdlet's own, asked after PowerShell's.</param>
    private protected T? Send<T>(string what, object target, Operation<T> operation, string[] keys, RequestBody? body = null, Func<bool>? agrees = null)
        where T : class
    {
        var request = operation.Request(keys, body: body?.ToContent());
        return ShouldSend(what, request) && agrees?.Invoke() != false ? RunFor(target, stopped => Client.SendAsync(request, operation, Caller, stopped), what) : null;
    }

    /// <summary>The same for a change that takes further steps: the request is what the user sees and agrees to, the work is all of it.</summary>
    private protected T? Send<T>(string what, object target, ApiRequest shown, Func<CancellationToken, Task<T>> work)
        where T : class => ShouldSend(what, shown) ? RunFor(target, work, what) : null;

    /// <summary>The same for an object that is changed under its own key.</summary>
    private protected bool SendChange(ObjectReference target, Operation operation, RequestBody? body = null) =>
        KeyOf(target) is { } key && SendChange(Label(target), target.Target, operation, [key], body);

    /// <summary>The same for an object that another is given to or taken from.</summary>
    private protected bool SendChange(ObjectReference part, string preposition, ObjectReference target, Operation operation, RequestBody? body = null) =>
        KeyOf(target) is { } key && KeyOf(part) is { } partKey && SendChange($"{Label(part)} {preposition} {Label(target)}", target.Target, operation, [key, partKey], body);

    /// <summary>What is changed, in words: a name instead of a key. Where somebody will read it, what is not known is asked for.</summary>
    private protected string Label(ObjectReference reference)
    {
        if (IsShown)
            Try(stopped => Learned(reference, stopped));
        return reference.Label;
    }

    /// <summary>Several objects in words: all of a few, or how many there are.</summary>
    private protected string Labels(IReadOnlyCollection<ObjectReference> references, string nouns) =>
        references.Count > 3 ? $"{references.Count} {nouns}" : string.Join(" and ", references.Select(Label));

    /// <summary>Writes an object as the service has it now; a failure is the input's error.</summary>
    private protected void WriteNow<T>(ObjectReference target, Operation<T> read, Action<T>? complete = null)
        where T : OdcResource
    {
        if (RunFor(target.Target, stopped => Client.GetAsync(read, [target.Key!], query: null, Caller, stopped)) is not { } now)
            return;
        complete?.Invoke(now);
        Write(now);
    }

    /// <summary>Writes what was created. When it can't be read, what is known of it is written, so that its key is not lost.</summary>
    private protected void WriteCreated<T>(object target, CreatedObject created, Operation<T> read, Func<string, T> known, Action<T>? complete = null)
        where T : OdcResource
    {
        if (RunFor(target, _ => Task.FromResult(created.RequiredKey)) is not { } key)
            return;
        var now = ReadNew(key, read, known);
        complete?.Invoke(now);
        Write(now);
    }

    /// <summary>What was just created or started, as the service has it; or what is known of it, with a warning.</summary>
    private protected T ReadNew<T>(string key, Operation<T> read, Func<string, T> known)
        where T : class
    {
        var (now, failure) = Try(stopped => Client.GetAsync(read, [key], query: null, Caller, stopped));
        if (failure is not null)
            WriteWarning($"Created with the key {key}, but reading it back failed: {failure.Message}");
        return now ?? known(key);
    }

    /// <summary>
    /// What is to be changed of an object: what was typed, and what the columns of a row say. An object of this module gives itself and no
    /// values: it would be set to what it is. Null, with an error, where nothing is to be changed.
    /// </summary>
    private protected RequestBody? Changes(ObjectReference target, string parameters)
    {
        var body = RequestBody.Bind(this, IsTyped, takesRow: target.IsRow || !target.IsObject);
        if (!body.IsEmpty)
            return body;
        if (!target.IsRow)
            ThrowTerminatingError(ErrorRecords.From(RequestBody.Nothing(parameters), target: null));
        WriteError(ErrorRecords.From(RequestBody.Nothing(parameters + ", or rows with columns of these names"), target.Target));
        return null;
    }

    /// <summary>Whether a parameter was typed, and not taken from input.</summary>
    private protected bool IsTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>Whether nothing is sent, because the user only wants to see what would be.</summary>
    internal bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var value)
        ? LanguagePrimitives.IsTrue(value)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private bool ShouldSend(string what, ApiRequest request) =>
        ShouldProcess($"{what} ({request.Method} {ChangePreview.Of(CurrentConnection, request)})");

    // Whether somebody reads what is changed: a question, a preview, or the verbose line.
    private bool IsShown => IsWhatIf || IsBound("Verbose") || (MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm) ? LanguagePrimitives.IsTrue(confirm) : IsAsked);

    private bool IsAsked => LanguagePrimitives.TryConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out var asked)
        && asked != ConfirmImpact.None && GetType().GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact >= asked;

    private bool IsBound(string name) => MyInvocation.BoundParameters.TryGetValue(name, out var value) && LanguagePrimitives.IsTrue(value);

    private async Task<object?> Learned(ObjectReference reference, CancellationToken stopped)
    {
        await reference.LearnAsync(Client, Caller, stopped);
        return null;
    }
}

/// <summary>A cmdlet that removes resources, one request each, when all input has come.</summary>
public abstract class RemoveCommand : ChangeCmdlet
{
    private protected RemoveCommand()
    {
    }

    /// <summary>The resources that are specified.</summary>
    private protected abstract IEnumerable<ObjectReference> Specified { get; }

    private protected abstract Operation Delete { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Specified)
            Defer(() => SendChange(reference, Delete));
        ForgetNamesLater();
    }
}

/// <summary>What -WhatIf and -Confirm show of a changing request, beside its method: address and body, without secrets.</summary>
internal static class ChangePreview
{
    internal static string Of(OdcConnection connection, ApiRequest request) =>
        $"{connection.Tenant}{Redactor.Clean(request.Path + request.Query)} {request.Body?.Shown}".TrimEnd();
}
