using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Sends any request to the tenant's APIs over a connection.</summary>
/// <remarks>
/// <para>For operations that have no command of their own. The request uses the connection's token, which is renewed as needed, and fails with the same errors as other commands. A path to another host is rejected.</para>
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
    public string Path { get; set; } = "";

    /// <summary>HTTP method of the request. All but GET and HEAD obey -WhatIf and -Confirm.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE")]
    public string Method { get; set; } = "GET";

    /// <summary>A hashtable of query parameters, which are encoded for you. A list of values repeats the name for each value, dates are sent in UTC.</summary>
    [Parameter]
    public IDictionary? Query { get; set; }

    /// <summary>Body of the request: a hashtable, an object or a list, which is sent as JSON, or a text, which is sent as it is.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Parameters.AllowsNothing]
    public object? Body { get; set; }

    /// <summary>Media type of a body that is text. Other bodies are always application/json.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ContentType { get; set; } = "application/json";

    /// <summary>Reads all pages of a list and writes its items.</summary>
    [Parameter(ParameterSetName = "All", Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Writes the answer as the text that came.</summary>
    [Parameter(ParameterSetName = "Raw", Mandatory = true)]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = Run(_ => Task.FromResult(Request()));
        var isSafe = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        if (!isSafe && !ShouldProcess(ChangePreview.Of(CurrentConnection, request), request.Method.Method))
            return;
        if (All)
            WritePages(new RawPageReader(Client, request));
        else
            WriteAnswer(request);
    }

    private void WritePages(RawPageReader reader)
    {
        while (Run(stopped => reader.NextAsync(Caller, stopped)) is { } page)
            WriteObject(page.Select(JsonValues.ToPowerShell), enumerateCollection: true);
    }

    private void WriteAnswer(ApiRequest request)
    {
        if (Raw)
            WriteObject(Run(stopped => Client.SendAsync(request, answer => Encoding.UTF8.GetString(answer.Body), Caller, stopped)));
        else if (Run(stopped => Client.SendAsync(request, answer => RawJson.Read(answer, request), Caller, stopped)) is { } body)
            WriteObject(JsonValues.ToPowerShell(body), enumerateCollection: true);
    }

    private ApiRequest Request()
    {
        var path = RawPath.On(Client.Origin, Path);
        var query = new Query();
        foreach (DictionaryEntry pair in Query ?? new Hashtable())
            query.AddEach(Text(pair.Key), pair.Value is IEnumerable list and not string ? list.Cast<object>().Select(Text) : [Text(pair.Value)]);
        var asked = query.ToString();
        return new ApiRequest(new HttpMethod(Method), path + (path.IndexOf('?') >= 0 && asked.Length > 0 ? "&" + asked.Substring(1) : asked), Body: Content());
    }

    private ApiBody? Content() => Bare switch
    {
        null => null,
        string text => new ApiBody(Encoding.UTF8.GetBytes(text), ContentType),
        var body => new ApiBody(JsonValues.ToJson(body)),
    };

    private object? Bare => Body is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : Body;

    private static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTime date => date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture) ?? "",
    };
}
