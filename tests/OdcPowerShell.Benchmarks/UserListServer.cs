using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Web;
using static System.FormattableString;

namespace OdcPowerShell.Benchmarks;

/// <summary>A tenant of nothing but users, as many as wanted: a page is written when it is asked for, and nobody keeps it.</summary>
internal sealed class UserListServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly int _count;

    internal UserListServer(int count)
    {
        _count = count;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/");
        }

        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    internal Uri Url { get; }

    /// <summary>Passes credentials to another process, where Connect-Odc -EnvironmentVariable finds them; any are right.</summary>
    internal void SignInBy(IDictionary<string, string?> environment)
    {
        environment["ODC_TENANT_URL"] = Url.ToString();
        environment["ODC_CLIENT_ID"] = Guid.NewGuid().ToString();
        environment["ODC_CLIENT_SECRET"] = "secret";
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var json = Encoding.UTF8.GetBytes(Answer(context.Request.Url!));
                context.Response.ContentType = "application/json";
                context.Response.ContentLength64 = json.Length;
                await context.Response.OutputStream.WriteAsync(json);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // A caller has left, or the server is closed.
            }
        }
    }

    private string Answer(Uri request) => request.AbsolutePath switch
    {
        "/identity/.well-known/openid-configuration" => $$"""{"issuer":"{{Url}}","token_endpoint":"{{Url}}token"}""",
        "/token" => """{"access_token":"token","token_type":"Bearer","expires_in":43200}""",
        _ => Page(HttpUtility.ParseQueryString(request.Query)),
    };

    private string Page(System.Collections.Specialized.NameValueCollection query)
    {
        var limit = int.Parse(query["limit"] ?? "100", CultureInfo.InvariantCulture);
        var offset = int.Parse(query["offset"] ?? "0", CultureInfo.InvariantCulture);
        var users = Enumerable.Range(offset, Math.Clamp(_count - offset, 0, limit)).Select(User).ToArray();
        var next = offset + limit < _count ? (offset + limit).ToString(CultureInfo.InvariantCulture) : "null";
        var page = Invariant($"\"count\":{users.Length},\"limit\":{limit},\"offset\":{offset},\"totalResults\":{_count},\"nextPageOffset\":{next},\"totalPages\":{(_count + limit - 1) / limit}");
        return $"{{\"results\":[{string.Join(',', users)}],\"page\":{{{page}}}}}";
    }

    private static string User(int number) => Invariant(
        $$"""{"key":"00000000-0000-4000-8000-{{number:x12}}","name":"Ana Almeida {{number}}","email":"ana.almeida{{number}}@acme.example","status":"Active","access":{"hasOrganizationRoles":false,"hasApplicationRoles":true},"lastLoginAt":"2025-12-31T10:20:30Z","isActive":true,"photoUrl":"https://photos.acme.example/{{number}}.png","isEmailVerified":true,"isTermsAndConditionsAccepted":true}""");
}
