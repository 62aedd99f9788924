using System.Collections;
using System.Globalization;
using System.Text;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Sends any request to the tenant's APIs over a connection.</summary>
/// <remarks>
/// <para>Use it for operations without their own command. The request uses the connection's token, which is renewed as needed, and fails with the same errors as other commands. A path to another host is rejected.</para>
/// <para>A JSON answer becomes objects. A list has its items in the property results: -All reads all its pages and writes the items. -Raw writes the answer as text.</para>
/// <para type="note">The API client needs the permission of the operation that you call. When it lacks one, the error OdcAccessDenied names it, for operations that this module knows.</para>
/// <para type="output" name="System.Management.Automation.PSObject">A JSON answer, with a property for each member; with -All, each item of a list.</para>
/// <para type="output" name="System.String">With -Raw, the text of the answer.</para>
/// </remarks>
/// <example>
/// <code>Invoke-OdcRestMethod /api/organization/v1/organization</code>
/// <para>Gets the organization as one object.</para>
/// </example>
/// <example>
/// <code>Invoke-OdcRestMethod /api/identity/v1/users -Query @{ status = 'Active' } -All</code>
/// <para>Reads all pages of a list and writes one object for each user.</para>
/// </example>
/// <example>
/// <code>Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body @{ email = 'ana@acme.example' } -WhatIf</code>
/// <para>Shows the method, the path and the body of a change, and sends nothing.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "OdcRestMethod", DefaultParameterSetName = "Object", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeOdcRestMethodCommand : ConnectedCmdlet
{
    /// <summary>Path on the tenant, with or without a query, such as /api/identity/v1/users?limit=10; or a whole URL of the tenant.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("Uri")]
    [ArgumentCompleter(typeof(PathCompleter))]
    public string Path { get; set; } = "";

    /// <summary>HTTP method of the request. -WhatIf and -Confirm apply to all but GET and HEAD.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE")]
    public string Method { get; set; } = "GET";

    /// <summary>A hashtable of query parameters, which are encoded for you. A list of values repeats the name for each value, dates are sent in UTC.</summary>
    [Parameter]
    public IDictionary? Query { get; set; }

    /// <summary>Body of the request: a hashtable, an object or a list, which is sent as JSON, or a text, which is sent as it is.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowsNothing]
    public object? Body { get; set; }

    /// <summary>Media type of a body that is text. Other bodies are always application/json.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ContentType { get; set; } = "application/json";

    /// <summary>Reads all pages of a list and writes its items.</summary>
    [Parameter(ParameterSetName = "All", Mandatory = true)]
    [ValueRequired]
    public SwitchParameter All { get; set; }

    /// <summary>Writes the answer as text.</summary>
    [Parameter(ParameterSetName = "Raw", Mandatory = true)]
    [ValueRequired]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = Run(() => Request());
        var isSafe = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        RequireOneRequest(request, isSafe);
        if (!isSafe && !ShouldProcess(ChangePreview.Of(CurrentConnection, request), request.Method.Method))
            return;
        if (All)
            WritePages(new RawPages(Client, request), request);
        else
            WriteAnswer(request);
    }

    private void WritePages(RawPages list, ApiRequest request)
    {
        var count = 0;
        foreach (var page in PagesOf(list))
        {
            count += page.Count;
            WriteObject(page.Select(JsonValues.ToPowerShell), enumerateCollection: true);
        }

        // With a filter, the list may be empty.
        if (count == 0 && OperationCatalogue.Find(request.Method, request.Path) is { NeededForRows: { } permission } operation)
            WriteError(ErrorRecords.From(operation.WithoutRows(permission), Path));
    }

    private void WriteAnswer(ApiRequest request)
    {
        if (Raw)
            WriteObject(Run(stopped => Client.SendAsync(request, answer => Encoding.UTF8.GetString(Checked(answer, request).Body), Caller, stopped)));
        else if (Run(stopped => Client.SendAsync(request, answer => RawJson.Read(Checked(answer, request), request), Caller, stopped)) is { } body)
            WriteObject(JsonValues.ToPowerShell(body), enumerateCollection: true);
    }

    // A change counts as made only if the answer is the documented one, as in the commands for single operations.
    private static ApiAnswer Checked(ApiAnswer answer, ApiRequest request)
    {
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            OperationCatalogue.Find(request.Method, request.Path.Split('?')[0])?.Require(answer, request);
        return answer;
    }

    private void RequireOneRequest(ApiRequest request, bool isSafe)
    {
        if (All && !isSafe && OperationCatalogue.Find(request.Method, request.Path.Split('?')[0]) is not { IsSafe: true })
        {
            ThrowTerminatingError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, $"-All would send the {request.Method} once for each page.", "Use -All with GET, or with a POST that only searches."), Path));
        }
    }

    private ApiRequest Request()
    {
        var path = RawPath.On(Client.Origin, Path);
        var query = new Query();
        foreach (DictionaryEntry pair in Query ?? new Hashtable())
        {
            // Some operations ignore an empty filter and return everything.
            if (Typed.IsNothing(pair.Value))
                throw new OdcException(OdcErrorCause.InvalidRequest, $"-Query: '{pair.Key}' has no value: it is null or empty.", "Leave it out to do without it, or check the variable that its value comes from. To send an empty value, write it in -Path.");
            query.AddEach(Text(pair.Key), Unwrapped(pair.Value) is IEnumerable list and not string ? list.Cast<object>().Select(Text) : [Text(pair.Value)]);
        }

        var asked = query.ToString();
        return new ApiRequest(new HttpMethod(Method), path + (path.IndexOf('?') >= 0 && asked.Length > 0 ? "&" + asked.Substring(1) : asked), Body: Content());
    }

    private ApiBody? Content() => Bare switch
    {
        null => null,
        string text => new ApiBody(Encoding.UTF8.GetBytes(text), ContentType),
        var body => new ApiBody(Json(body)),
    };

    private static byte[] Json(object body)
    {
        try
        {
            return JsonValues.ToJson(body);
        }
        catch (ExtendedTypeSystemException e)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, $"The body has a property that can't be read: {Redactor.Excerpt(e.Message)}", "Use a hashtable with the members that the operation documents; files go as text with Get-Content -Raw.", e);
        }
    }

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private object? Bare => Body is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : Body;

    private static string Text(object? value) => Unwrapped(value) switch
    {
        bool flag => flag ? "true" : "false",
        DateTime date => Utc(date.ToUniversalTime()),
        DateTimeOffset date => Utc(date.UtcDateTime),
        IFormattable date when JsonValues.IsDayOrTime(date) => date.ToString("o", CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Utc(DateTime date) => date.ToString(date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Offers the paths of the operations that the module knows, for the chosen method. What is typed in the place of a key stays.</summary>
public sealed class PathCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(System.Reflection.PropertyInfo? parameter, string typed, IDictionary boundParameters)
    {
        var method = boundParameters[nameof(InvokeOdcRestMethodCommand.Method)] as string ?? "GET";
        var segments = typed.Split('/');
        return OperationCatalogue.All.Where(o => string.Equals(o.Method.Method, method, StringComparison.OrdinalIgnoreCase))
            .Select(o => string.Join("/", o.Template.Split('/').Select((part, i) => i < segments.Length - 1 && part.StartsWith("{", StringComparison.Ordinal) ? segments[i] : part)))
            .OrderBy(path => path, StringComparer.OrdinalIgnoreCase);
    }
}
