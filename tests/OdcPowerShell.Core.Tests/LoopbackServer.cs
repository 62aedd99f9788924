using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OdcPowerShell.Core.Tests;

/// <summary>A server on loopback for what opens its own sockets. It answers each request from a function, and closes.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string> _answer;

    /// <summary>The function gets the request's first line and gives the whole answer: see <see cref="Json"/>.</summary>
    internal LoopbackServer(Func<string, string> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    internal Uri Url { get; }

    internal List<string> Requests { get; } = [];

    internal List<string> Headers { get; } = [];

    internal static string Json(string body, string status = "200 OK", DateTimeOffset? date = null) =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{(date is { } at ? $"Date: {at.ToString("R", CultureInfo.InvariantCulture)}\r\n" : "")}Connection: close\r\n\r\n{body}";

    /// <summary>Discovery of a token endpoint on this server, and a token.</summary>
    internal string SignIn(string line, DateTimeOffset? date = null) => line.StartsWith("GET /identity/", StringComparison.Ordinal)
        ? Json($$"""{"token_endpoint":"{{Url}}token"}""", date: date)
        : Json("""{"access_token":"abc","expires_in":3600}""", date: date);

    private async Task AcceptAsync()
    {
        while (true)
        {
            using var caller = await _listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(caller.GetStream(), Encoding.ASCII);
            var line = await reader.ReadLineAsync() ?? "";
            var length = 0;
            while (await reader.ReadLineAsync() is { Length: > 0 } header)
            {
                Headers.Add(header);
                if (header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
                    length = int.Parse(header.Substring(16), CultureInfo.InvariantCulture);
            }

            if (length > 0)
                await reader.ReadBlockAsync(new char[length], 0, length);
            lock (Requests)
                Requests.Add(line.Replace(" HTTP/1.1", ""));
            var answer = Encoding.UTF8.GetBytes(_answer(line));
            await caller.GetStream().WriteAsync(answer, 0, answer.Length);
        }
    }

    public void Dispose() => _listener.Stop();
}
