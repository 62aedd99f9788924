using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;

namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that changes something. -WhatIf shows the request that it would send; -Confirm asks before it is sent.</summary>
public abstract class ChangeCmdlet : ConnectedCmdlet
{
    private readonly List<Action> _deferred = [];
    private readonly Dictionary<string, string> _sent = new(StringComparer.Ordinal);
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

        base.EndProcessing();
    }

    /// <summary>
    /// Makes a change after the last input. Made at once, it would shift the pages of the list that the input comes from: when 200 active users
    /// are disabled one by one, the list never shows the second hundred.
    /// </summary>
    private protected void Defer(Action change) => _deferred.Add(change);

    /// <summary>Clears the looked-up names once, after the last change. Clearing them after each change would look up every name again.</summary>
    private protected void ForgetNamesLater() => _forgets = true;

    /// <summary>Sends a change if the user agrees. Returns whether it was made; a failure is written as the error of the input.</summary>
    /// <param name="what">A description of what changes, for the question.</param>
    /// <param name="target">The input.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="keys">The keys in its path.</param>
    /// <param name="body">The body of the request.</param>
    /// <param name="about">A shorter description for errors.</param>
    private protected bool SendChange(string what, object target, Operation operation, string[] keys, RequestBody? body = null, string? about = null)
    {
        var request = operation.Request(keys, body: body?.ToContent());
        return Agrees(what, request) && RunFor(target, stopped => Client.ChangeAsync(request, Caller, stopped), about ?? what) is not null && HasSent(request);
    }

    /// <summary>The same for an operation that returns an answer; null when it was not sent or failed.</summary>
    /// <param name="what">A description of what changes, for messages.</param>
    /// <param name="target">The input.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="keys">The keys in its path.</param>
    /// <param name="body">The body of the request.</param>
    /// <param name="agrees">A further question of the cmdlet, asked after PowerShell's own.</param>
    /// <param name="about">A shorter description for errors.</param>
    private protected T? Send<T>(string what, object target, Operation<T> operation, string[] keys, RequestBody? body = null, Func<bool>? agrees = null, string? about = null)
        where T : class
    {
        var request = operation.Request(keys, body: body?.ToContent());
        if (!Agrees(what, request) || agrees?.Invoke() == false)
            return null;
        var answer = RunFor(target, stopped => Client.SendAsync(request, operation, Caller, stopped), about ?? what);
        return answer is not null && HasSent(request) ? answer : null;
    }

    /// <summary>The same for a change with several steps: the user sees the request and agrees to it, and the work does all steps.</summary>
    private protected T? Send<T>(string what, object target, ApiRequest shown, Func<CancellationToken, Task<T>> work, string? about = null)
        where T : class => ShouldSend(what, shown) ? RunFor(target, work, about ?? what) : null;

    /// <summary>The same for a change of one object, by its key.</summary>
    private protected bool SendChange(ObjectReference target, Operation operation, RequestBody? body = null) =>
        KeyOf(target) is { } key && SendChange(Label(target), target.Target, operation, [key], body);

    /// <summary>The same for a change that adds one object to another, or removes it, such as a user of a group.</summary>
    private protected bool SendChange(ObjectReference part, string preposition, ObjectReference target, Operation operation, RequestBody? body = null) =>
        KeyOf(target) is { } key && KeyOf(part) is { } partKey && SendChange($"{Label(part)} {preposition} {Label(target)}", target.Target, operation, [key, partKey], body);

    /// <summary>A description of the object, with its name instead of its key. The name is read from the service when the user will see the description.</summary>
    private protected string Label(ObjectReference reference)
    {
        if (IsShown)
            Try(stopped => Learned(reference, stopped));
        return reference.Label;
    }

    /// <summary>A description of several objects: their names if there are few, otherwise their number.</summary>
    private protected string Labels(IReadOnlyCollection<ObjectReference> references, string nouns) =>
        references.Count > 3 ? $"{references.Count} {nouns}" : string.Join(" and ", references.Select(Label));

    /// <summary>Reads an object again and writes it; a failure is written as the error of the input.</summary>
    private protected void WriteNow<T>(ObjectReference target, Operation<T> read, Action<T>? complete = null)
        where T : OdcResource
    {
        if (RunFor(target.Target, stopped => Client.GetAsync(read, [target.Key!], query: null, Caller, stopped)) is not { } now)
            return;
        complete?.Invoke(now);
        Write(now);
    }

    /// <summary>Reads a new object and writes it. When it can't be read, the known properties are written, so that its key is not lost.</summary>
    private protected void WriteCreated<T>(object target, CreatedObject created, Operation<T> read, Func<string, T> known, Action<T>? complete = null)
        where T : OdcResource
    {
        if (RunFor(target, () => created.RequiredKey) is not { } key)
            return;
        var now = ReadNew(key, read, known);
        complete?.Invoke(now);
        Write(now);
    }

    /// <summary>Reads a new object or operation. When it can't be read, returns the known properties and writes a warning.</summary>
    private protected T ReadNew<T>(string key, Operation<T> read, Func<string, T> known)
        where T : class => ReadNew(key, stopped => Client.GetAsync(read, [key], query: null, Caller, stopped), known);

    /// <summary>The same for one that is read in another way.</summary>
    private protected T ReadNew<T>(string key, Func<CancellationToken, Task<T>> read, Func<string, T> known)
        where T : class
    {
        var (now, failure) = Try(read);
        if (failure is not null)
            WriteWarning($"Created with the key {key}, but reading it back failed: {failure.Message}");
        return now ?? known(key);
    }

    /// <summary>
    /// The changes of an object, from the typed parameters and the columns of a row. An object of this module only identifies what to change:
    /// its own values would change nothing. Null, with an error, when there is nothing to change.
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

    /// <summary>Whether the user typed the parameter, rather than piped it.</summary>
    internal bool IsTyped(string parameter) => _typed.Contains(parameter);

    /// <summary>Whether -WhatIf is in effect: nothing is sent.</summary>
    internal bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var value)
        ? LanguagePrimitives.IsTrue(value)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether the user agrees to a request, which -WhatIf and -Confirm show.</summary>
    internal bool ShouldSend(string what, ApiRequest request) =>
        ShouldProcess($"{what} ({request.Method} {ChangePreview.Of(CurrentConnection, request)})");

    // -WhatIf shows what would be sent: once, too.
    private bool Agrees(string what, ApiRequest request)
    {
        if (IsRepeated(what, request))
            return false;
        if (ShouldSend(what, request))
            return true;
        if (IsWhatIf)
            HasSent(request);
        return false;
    }

    /// <summary>
    /// Whether the command has just made the same change, because the input has the same object twice. What is new each time is created as often as
    /// the input says.
    /// </summary>
    private bool IsRepeated(string what, ApiRequest request)
    {
        if (!_sent.TryGetValue(Place(request), out var last) || last != Signature(request))
            return false;
        WriteVerbose($"Already done: {what}.");
        return true;
    }

    private bool HasSent(ApiRequest request)
    {
        if (request.Method != HttpMethod.Post || this is StartCmdlet)
            _sent[Place(request)] = Signature(request);
        return true;
    }

    // Each start is a thing of its own. Of changes of one object only the last one counts: back to an earlier value is a change again.
    private static string Place(ApiRequest request) => request.Method == HttpMethod.Post ? $"{request.Path} {Signature(request)}" : request.Path;

    // The body may have secrets, so that only its hash is kept.
    private static string Signature(ApiRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(request.Body?.Bytes ?? []);
        return $"{request.Method} {request.Query} {Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    /// <summary>Whether the user sees the description of a change: in a question, a preview, or a verbose message.</summary>
    internal bool IsShown => IsWhatIf || IsBound("Verbose") || IsAsking;

    /// <summary>Whether the user is asked before a change is sent.</summary>
    internal bool IsAsking => MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm) ? LanguagePrimitives.IsTrue(confirm) : IsAsked;

    private bool IsAsked => LanguagePrimitives.TryConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out var asked)
        && asked != ConfirmImpact.None && GetType().GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact >= asked;

    private bool IsBound(string name) => MyInvocation.BoundParameters.TryGetValue(name, out var value) && LanguagePrimitives.IsTrue(value);

    private async Task<object?> Learned(ObjectReference reference, CancellationToken stopped)
    {
        await reference.LearnAsync(Client, Caller, stopped);
        return null;
    }
}

/// <summary>A cmdlet that removes resources, with one request each, after the last input.</summary>
public abstract class RemoveCommand : ChangeCmdlet
{
    private protected RemoveCommand()
    {
    }

    /// <summary>The resources that the user specified.</summary>
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

/// <summary>The address and the body of a changing request, without secrets, as -WhatIf and -Confirm show them.</summary>
internal static class ChangePreview
{
    internal static string Of(OdcConnection connection, ApiRequest request) =>
        $"{connection.Tenant}{Redactor.Clean(request.Path + request.Query)} {request.Body?.Shown}".TrimEnd();
}
