using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OdcPowerShell.Tests.Session;

/// <summary>Proxies that refuse, that want a sign-in, and that are written as people write them. Their passwords are seen nowhere.</summary>
public sealed class ProxyTests
{
    private const string Password = "p\"\\\u00fc+%CANARY";
    private static readonly string[] Shapes = ["CANARY", Uri.EscapeDataString(Password)];

    [Theory]
    [InlineData(407)]
    [InlineData(403)]
    [InlineData(502)]
    public void A_password_of_a_proxy_is_seen_nowhere(int status)
    {
        using var proxy = new Proxy(status);
        using var shell = new Shell();
        shell.Set("credential", new System.Management.Automation.PSCredential("me", Shell.Secure("no-secret")));
        shell.Set("proxy", $"http://puser:{Uri.EscapeDataString(Password)}@127.0.0.1:{proxy.Port}");
        var result = shell.Run(
            """
            $VerbosePreference = $DebugPreference = 'Continue'
            try { Connect-Odc https://acme.example -Credential $credential -Proxy $proxy } catch { "$_" ; $_.Exception.ToString(); $_.ErrorDetails.Message; $_.ErrorDetails.RecommendedAction; $_.FullyQualifiedErrorId }
            Test-OdcConnection -Tenant acme.example -Proxy $proxy | ForEach-Object { "$($_.Check) $($_.Result) $($_.Detail) $($_.Fix)" }
            $Error | ForEach-Object { $_.Exception.ToString(); [System.Management.Automation.PSSerializer]::Serialize($_.Exception) }
            """);
        var text = string.Concat(result.ThrowOnError().Output.Select(o => o + "\n").Concat(result.Verbose)) + shell.Host.Text;
        Assert.Contains("OdcProxyRefused", text, StringComparison.Ordinal);
        Assert.All(Shapes, shape => Assert.DoesNotContain(shape, text, StringComparison.Ordinal));
        if (status == 407)
            Assert.Contains("-ProxyCredential", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Proxy http://puser:ppass@127.0.0.1:{0}")]
    [InlineData("-Proxy puser:ppass@127.0.0.1:{0}")]
    [InlineData("-Proxy 127.0.0.1:{0} -ProxyCredential $proxyCredential")]
    public void A_proxy_gets_the_sign_in_that_it_wants(string parameters)
    {
        using var proxy = new Proxy(407);
        using var shell = new Shell();
        shell.Set("credential", new System.Management.Automation.PSCredential("me", Shell.Secure("no-secret")));
        shell.Set("proxyCredential", new System.Management.Automation.PSCredential("puser", Shell.Secure("ppass")));
        var error = shell.Catch($"Connect-Odc https://acme.example -Credential $credential -MaximumRetryCount 0 {string.Format(System.Globalization.CultureInfo.InvariantCulture, parameters, proxy.Port)}").MustBe("OdcProxyRefused");
        Assert.Contains(proxy.Requests, r => r.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("puser:ppass")), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("ppass", error.Exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxyhost")]
    [InlineData("proxy.example:8080")]
    [InlineData("127.0.0.1:9")]
    [InlineData("http://127.0.0.1:9")]
    public void A_proxy_is_taken_as_people_write_it(string proxy)
    {
        using var shell = new Shell();
        Assert.Equal("Through", shell.Run($"(Test-OdcConnection -Tenant acme.example -Proxy {proxy} | Where-Object Check -eq Proxy).Detail.Split(' ')[0]").Single<string>());
    }

    [Theory]
    [InlineData("ftp://proxy.example")]
    [InlineData("'ftp://user:CANARY@proxy.example'")]
    [InlineData("'not a proxy'")]
    public void What_is_no_proxy_is_an_error_of_the_module(string proxy)
    {
        using var shell = new Shell();
        shell.Set("credential", new System.Management.Automation.PSCredential("me", Shell.Secure("no-secret")));
        Assert.DoesNotContain("CANARY", shell.Catch($"Connect-Odc https://acme.example -Credential $credential -Proxy {proxy}").MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        shell.Catch($"Test-OdcConnection -Tenant acme.example -Proxy {proxy}").MustBe("OdcInvalidRequest");
    }

    /// <summary>A proxy that answers each CONNECT with one status.</summary>
    private sealed class Proxy : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<string> _requests = [];

        internal Proxy(int status)
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _ = Task.Run(() => AcceptAsync(status));
        }

        internal int Port { get; }

        internal IReadOnlyList<string> Requests
        {
            get
            {
                lock (_requests)
                    return [.. _requests];
            }
        }

        private async Task AcceptAsync(int status)
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                var buffer = new byte[8192];
                var read = await stream.ReadAsync(buffer);
                lock (_requests)
                    _requests.Add(Encoding.ASCII.GetString(buffer, 0, read));
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} No\r\nProxy-Authenticate: Basic realm=\"lab\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
