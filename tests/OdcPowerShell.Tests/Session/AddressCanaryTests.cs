using System.Management.Automation;
using OdcPowerShell.Tests.Contract;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Session;

/// <summary>Passwords and signatures in addresses: wherever an address is given, answered or led to, no stream, error, object text or file shows them.</summary>
public sealed class AddressCanaryTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    private const string Canary = "CANARYs1gnature";
    private const string Signed = "https://127.0.0.1:9/bucket/file.oml?X-Amz-Algorithm=x&X-Amz-Signature=" + Canary;

    private Recorder Recorder => fixture.Recorder;

    /// <summary>Where a user writes an address.</summary>
    [Theory]
    [InlineData("Connect-Odc https://user:" + Canary + "@acme.example -Credential $credential")]
    [InlineData("Connect-Odc 'https://127.0.0.1:9/portal?token=" + Canary + "' -Credential $credential")]
    [InlineData("Connect-Odc 'http://acme.example/?sig=" + Canary + "' -Credential $credential")]
    [InlineData("Connect-Odc 'not a tenant?sig=" + Canary + "' -Credential $credential")]
    [InlineData("Connect-Odc https://127.0.0.1:9 -Credential $credential -Proxy http://user:" + Canary + "@127.0.0.1:9")]
    [InlineData("Connect-Odc https://127.0.0.1:9 -Credential $credential -Proxy user:" + Canary + "@127.0.0.1:9")]
    [InlineData("Connect-Odc https://127.0.0.1:9 -Credential $credential -Proxy socks5://user:" + Canary + "@127.0.0.1:9")]
    [InlineData("Connect-Odc https://127.0.0.1:9 -Credential $credential -Proxy 'gopher://user:" + Canary + "@127.0.0.1:9'")]
    [InlineData("Test-OdcConnection -Tenant https://user:" + Canary + "@acme.example")]
    [InlineData("Test-OdcConnection -Tenant 127.0.0.1:9 -Proxy http://user:" + Canary + "@127.0.0.1:9")]
    [InlineData("Invoke-OdcRestMethod '/api/x/v1/things?sig=" + Canary + "'")]
    [InlineData("Invoke-OdcRestMethod '/api/x/v1/things' -Query @{ signature = '" + Canary + "' }")]
    [InlineData("Invoke-OdcRestMethod 'https://user:" + Canary + "@127.0.0.1/api/x'")]
    [InlineData("Invoke-OdcRestMethod 'https://elsewhere.example/api/x?sig=" + Canary + "'")]
    [InlineData("Invoke-OdcRestMethod '/api/x/v1/things?sig=" + Canary + "' -Method DELETE -WhatIf")]
    [InlineData("Save-OdcContent -Uri '" + Signed + "' -Path x.oml")]
    [InlineData("Save-OdcContent -Uri 'https://user:" + Canary + "@127.0.0.1:9/x' -Path x.oml")]
    [InlineData("Save-OdcContent -Uri 'ftp://127.0.0.1:9/x?sig=" + Canary + "' -Path x.oml")]
    [InlineData("New-OdcAssetRevision -FileUri '" + Signed + "' -WhatIf")]
    [InlineData("New-OdcAssetRevision -FileUri '" + Signed + "'")]
    [InlineData("Get-OdcUser 'https://127.0.0.1/users/nokey?access_token=" + Canary + "'")]
    [InlineData("Disable-OdcUser 'https://127.0.0.1/users/nokey?access_token=" + Canary + "'")]
    [InlineData("Disable-OdcUser 'https://elsewhere.example/users/6f0b6d6c-2c53-4f9c-8a52-0d7f1f8f2f11?access_token=" + Canary + "'")]
    [InlineData("'https://user:" + Canary + "@127.0.0.1/groups/6f0b6d6c-2c53-4f9c-8a52-0d7f1f8f2f11' | Remove-OdcGroup -WhatIf")]
    [InlineData("[pscustomobject]@{ UserKey = 'https://127.0.0.1/users/nokey?sig=" + Canary + "' } | Disable-OdcUser")]
    [InlineData("New-OdcUser ana@x.example -PhotoUrl '" + Signed + "' -WhatIf")]
    public void An_address_that_was_written(string line) => Recorder.Answer = NothingIsShown(line, r => new RecorderAnswer(400, $$"""{"detail":"No: {{r.Path}}?{{string.Join('&', r.Query.Select(q => q.Key + "=" + q.Value))}} {{System.Text.Encoding.UTF8.GetString(r.Body ?? []).Replace('"', '\'')}}","traceId":"t"}"""));

    /// <summary>Where a server names one.</summary>
    [Theory]
    [InlineData(302, "", "text/html", Signed)]
    [InlineData(302, "", "text/html", "http://user:" + Canary + "@proxy.example/")]
    [InlineData(307, "<a href='" + Signed + "'>moved</a>", "text/html", Signed)]
    [InlineData(403, "<a href=\"" + Signed + "\">sign in</a>", "text/html", null)]
    [InlineData(200, "<meta content=\"0;url=" + Signed + "\">", "text/html", null)]
    [InlineData(400, "{\"detail\":\"Could not fetch " + Signed + "\",\"traceId\":\"t\"}", "application/problem+json", null)]
    [InlineData(422, "{\"title\":\"x\",\"errors\":{\"url\":[\"" + Signed + " is wrong\"]},\"traceId\":\"" + Signed + "\"}", "application/json", null)]
    [InlineData(502, "upstream http://user:" + Canary + "@10.0.0.1:3128 failed", "text/plain", null)]
    [InlineData(407, "http://user:" + Canary + "@10.0.0.1:3128", "text/plain", null)]
    [InlineData(200, "{\"name\":[\"" + Signed + "\"]}", "application/json", null)]
    public void An_address_that_a_server_names(int status, string body, string type, string? location)
    {
        var answer = new RecorderAnswer(status, body) { ContentType = type, Location = location };
        // What a raw request answers with is what the user asked for.
        foreach (var line in new[] { "Get-OdcOrganization", "Get-OdcUser", status == 200 && type == "application/json" ? "Get-OdcGroup" : "Invoke-OdcRestMethod /api/x -Method POST -Body @{}", "Remove-OdcGroup 6f0b6d6c-2c53-4f9c-8a52-0d7f1f8f2f11 -Confirm:$false", "New-OdcUpload", "Test-OdcConnection -For Get-OdcUser" })
            Recorder.Answer = NothingIsShown(line, _ => answer);
        Recorder.Token = answer;
        try
        {
            Recorder.Answer = NothingIsShown($"Connect-Odc {Recorder.Url} -Credential $credential -Name other -MaximumRetryCount 0", _ => answer, signIn: false);
        }
        finally
        {
            Recorder.Token = null;
        }
    }

    private Func<WireRequest, RecorderAnswer> NothingIsShown(string line, Func<WireRequest, RecorderAnswer> answer, bool signIn = true)
    {
        Recorder.Answer = answer;
        using var shell = signIn ? Recorder.Connect() : new Shell();
        shell.Set("credential", new PSCredential("me", Shell.Secure("no-secret")));
        var result = shell.Run($$"""
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $log = & { try { {{line}} } catch { $_ } } *>&1
            $log | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | Out-Default
            foreach ($e in @($Error) + @($log | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })) {
                "$e"; $e.Exception.ToString(); $e.ErrorDetails.Message; $e.ErrorDetails.RecommendedAction; $e.FullyQualifiedErrorId; $e.Exception | Format-List * -Force | Out-String -Width 9999
                [System.Management.Automation.PSSerializer]::Serialize($e.Exception)
                for ($inner = $e.Exception.InnerException; $inner; $inner = $inner.InnerException) { $inner.ToString() }
            }
            """);
        var seen = string.Concat(result.Output.Select(o => o + "\n").Concat(result.Verbose).Concat(result.Warnings).Concat(result.Errors.Select(e => e + "\n" + e.Exception))) + shell.Host.Text;
        Assert.NotEmpty(seen);
        if (seen.IndexOf(Canary, StringComparison.Ordinal) is >= 0 and var at)
            Assert.Fail($"{line}: …{seen.Substring(Math.Max(0, at - 300), Math.Min(seen.Length - Math.Max(0, at - 300), 340))}");
        return answer;
    }
}
