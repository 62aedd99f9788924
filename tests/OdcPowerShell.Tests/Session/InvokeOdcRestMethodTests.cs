using System.Management.Automation;

namespace OdcPowerShell.Tests.Session;

/// <summary>Invoke-OdcRestMethod.</summary>
public sealed class InvokeOdcRestMethodTests
{
    [Fact]
    public async Task Answers_become_objects_items_or_text()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(lab["acme"].OrganizationName, shell.Run("(Invoke-OdcRestMethod /api/organization/v1/organization).name").Single<string>());
        Assert.Equal(100, shell.Run("(Invoke-OdcRestMethod /api/identity/v1/users).results.Count").Single<int>());
        Assert.Equal(250, shell.Run("Invoke-OdcRestMethod /api/identity/v1/users -All").All<PSCustomObject>().Count);
        Assert.Equal(250, shell.Run("Invoke-OdcRestMethod '/api/identity/v1/users?limit=7&offset=0' -All").All<PSCustomObject>().Count);
        Assert.StartsWith("{", shell.Run("Invoke-OdcRestMethod /api/organization/v1/organization -Raw").Single<string>(), StringComparison.Ordinal);
        Assert.Equal(lab["acme"].OrganizationName, shell.Run($"(Invoke-OdcRestMethod {lab["acme"].Url}api/organization/v1/organization).name").Single<string>());
    }

    [Fact]
    public async Task A_query_is_encoded_and_a_list_repeats_its_name()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("Invoke-OdcRestMethod /api/identity/v1/users?limit=5 -Query ([ordered]@{ nameOrEmailContains = 'a+b&c=ü'; domains = 'x.example', 'y.example'; hasApplicationRoles = $true })").ThrowOnError();
        var sent = lab["acme"].Statistics.Requests["GET /api/identity/v1/users"][0].PathAndQuery;
        Assert.EndsWith("?limit=5&nameOrEmailContains=a%2Bb%26c%3D%C3%BC&domains=x.example&domains=y.example&hasApplicationRoles=true", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ email = 'ana@acme.example'; isActive = $false; roles = @(1, 2.5, $null); nested = @{ a = 'x' } }", """{"email":"ana@acme.example"}""")]
    [InlineData("[pscustomobject]@{ email = 'ana@acme.example' }", """{"email":"ana@acme.example"}""")]
    [InlineData("'{\"email\":\"ana@acme.example\"}'", """{"email":"ana@acme.example"}""")]
    public async Task A_body_is_sent_from_every_shape(string body, string holds)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run($"Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body ({body})");
        var sent = System.Text.Json.JsonDocument.Parse(Assert.Single(lab["acme"].Statistics.Requests["POST /api/identity/v1/users"]).Body!).RootElement;
        foreach (var member in System.Text.Json.JsonDocument.Parse(holds).RootElement.EnumerateObject())
            Assert.Equal(member.Value.GetString(), sent.GetProperty(member.Name).GetString());
        if (body.Contains("nested", StringComparison.Ordinal))
            Assert.Equal("""[1,2.5,null] x False""", $"{sent.GetProperty("roles").GetRawText()} {sent.GetProperty("nested").GetProperty("a")} {sent.GetProperty("isActive")}");
    }

    [Fact]
    public async Task Members_whose_names_PowerShell_can_not_have_keep_their_values()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        const string odd = """{"":1,"psobject":2,"PSTypeNames":3,"a":4,"A":5,"a":6,"b":"\ud800"}""";
        lab["acme"].Answer("/api/organization/v1/organization", new CannedAnswer(200, "application/json", odd));
        Assert.Equal("_=1 _psobject=2 _PSTypeNames=3 a=6 _A=5 b=\uFFFD", shell.Run("(Invoke-OdcRestMethod /api/organization/v1/organization).psobject.Properties.ForEach{ \"$($_.Name)=$($_.Value)\" } -join ' '").Single<string>());
        lab["acme"].Answer("/api/organization/v1/organization", new CannedAnswer(200, "application/json", """{"name":"n","":1,"psobject":2,"_name":3}"""));
        Assert.Equal("n 1 2 3", shell.Run("$o = Get-OdcOrganization; \"$($o.Name) $($o._) $($o._psobject) $($o._name)\"").Single<string>());
    }

    [Theory]
    [InlineData("@{ a = (& {}) }", """{"a":null}""")]
    [InlineData("@{ a = [bigint]::Parse('12345678901234567890') }", """{"a":12345678901234567890}""")]
    [InlineData("@{ a = [timespan]::FromMinutes(90) }", """{"a":"01:30:00"}""")]
    [InlineData("@{ a = [DateOnly]::new(2026, 1, 2) }", """{"a":"2026-01-02"}""")]
    public async Task Values_of_scripts_become_what_JSON_has_for_them(string body, string sent)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run($"Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body {body}");
        Assert.Equal(sent, Assert.Single(lab["acme"].Statistics.Requests["POST /api/identity/v1/users"]).Body);
    }

    [Theory]
    [InlineData("@{ a = [securestring]::new() }")]
    [InlineData("@{ a = [double]::NaN }")]
    [InlineData("@{ a = [float]::PositiveInfinity }")]
    [InlineData("@{ a = [string][char]0xD800 }")]
    public async Task What_JSON_can_not_hold_is_refused(string body)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Catch($"Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body {body}").MustBe("OdcInvalidRequest");
        Assert.Empty(lab["acme"].Identity.CreatedUsers);
    }

    [Theory]
    [InlineData("$thrower")]
    [InlineData("@{ a = $thrower }")]
    [InlineData("@{ a = @{ b = @(1, $thrower) } }")]
    [InlineData("[pscustomobject]@{ a = $thrower }")]
    [InlineData("{ 1 }.Ast")]
    [InlineData("([string])")]
    [InlineData("(Get-Process -Id $PID)")]
    [InlineData("(Get-Item .)")]
    public async Task An_object_that_is_no_body_is_an_error_of_the_module(string body)
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("thrower", new Thrower());
        shell.Catch($"Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body ({body})").MustBe("OdcInvalidRequest");
        Assert.Empty(lab["acme"].Statistics.Requests["POST /api/identity/v1/users"]);
    }

    [Theory]
    [InlineData("[datetimeoffset]'2026-01-15T10:00:00+05:30'", "2026-01-15T04:30:00Z")]
    [InlineData("(Get-Date '2026-01-15T04:30:00Z')", "2026-01-15T04:30:00Z")]
    [InlineData("[datetime]::new(2026, 1, 15, 4, 30, 0, [DateTimeKind]::Utc)", "2026-01-15T04:30:00Z")]
    [InlineData("[DateOnly]::new(2026, 1, 15)", "2026-01-15")]
    [InlineData("@([datetimeoffset]'2026-01-15T10:00:00+05:30')", "2026-01-15T04:30:00Z")]
    [InlineData("[datetimeoffset]::new(2026, 1, 15, 4, 30, 0, 250, [timespan]::Zero)", "2026-01-15T04:30:00.25Z")]
    [InlineData("12.5", "12.5")]
    [InlineData("(& { $true })", "true")]
    public async Task Values_of_a_query_are_the_same_in_every_culture(string value, string sent)
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        var before = System.Globalization.CultureInfo.CurrentCulture;
        foreach (var culture in new[] { "", "th-TH", "ar-SA", "fi-FI" })
        {
            lab["acme"].Statistics.Clear();
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(culture);
            try
            {
                shell.Run($"Invoke-OdcRestMethod /api/identity/v1/users?limit=1 -Query @{{ x = {value} }}").ThrowOnError();
            }
            finally
            {
                System.Globalization.CultureInfo.CurrentCulture = before;
            }

            Assert.Equal("?limit=1&x=" + Uri.EscapeDataString(sent), new Uri(lab["acme"].Url, Assert.Single(lab["acme"].Statistics.Requests).PathAndQuery).Query);
        }
    }

    [Theory]
    [InlineData("POST /api/identity/v1/users")]
    [InlineData("PATCH /api/identity/v1/users/x")]
    [InlineData("DELETE /api/identity/v1/users/x")]
    [InlineData("POST /api/not/known/v1/things")]
    public async Task All_repeats_no_change(string request)
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        foreach (var more in new[] { "", " -WhatIf" })
            shell.Catch($"Invoke-OdcRestMethod {request.Split(' ')[1]} -Method {request.Split(' ')[0]} -Body @{{ a = 1 }} -All -Confirm:$false{more}").MustBe("OdcInvalidRequest");
        Assert.Empty(lab["acme"].Statistics.Requests);
    }

    [Fact]
    public async Task All_reads_the_pages_of_a_search()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var shell = Shell.Connected(lab["acme"]);
        var search = OdcPowerShell.Http.OperationCatalogue.All.First(o => o is { IsSafe: true, HasKeys: false } && o.Method == HttpMethod.Post).Template;
        Assert.DoesNotContain(shell.Run($"Invoke-OdcRestMethod {search} -Method POST -Body @{{ }} -All").Errors, e => e.ToString().Contains("once for each page", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIf_sends_nothing_and_shows_the_request_without_secrets()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        shell.Run("Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body @{ email = 'ana@acme.example'; clientSecret = 'a b\"c, d' } -WhatIf | Out-Default").ThrowOnError();
        Assert.Empty(lab["acme"].Statistics.Requests);
        Assert.Contains("POST", shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("/api/identity/v1/users", shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("ana@acme.example", shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("a b", shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(", d", shell.Host.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Body ([ordered]@{ a = 1; password = 'x' })", " {\"a\":1,\"password\":***}")]
    [InlineData("-Body 'password=x' -ContentType text/plain", " password=***")]
    [InlineData("-Body \"a`0b\" -ContentType application/zip", " (3 bytes of application/zip)")]
    [InlineData("", "")]
    public async Task WhatIf_shows_method_path_and_body(string body, string shown)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        shell.Run($"Invoke-OdcRestMethod '/api/x?a=b c&signature=abc' -Query @{{ sig = 'def' }} -Method PATCH {body} -WhatIf | Out-Default").ThrowOnError();
        Assert.Equal($"What if: Performing the operation \"PATCH\" on target \"{lab["acme"].Url.Authority}/api/x?a=b%20c&signature=***&sig=***{shown}\".\n", shell.Host.Text);
        Assert.Empty(lab["acme"].Statistics.Requests);
    }

    [Fact]
    public async Task A_type_of_body_that_is_none_is_refused()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Catch("Invoke-OdcRestMethod /api/x -Method POST -Body x -ContentType json").MustBe("OdcInvalidRequest");
    }

    [Theory]
    [InlineData("https://elsewhere.example/api/identity/v1/users", "OdcInvalidRequest")]
    [InlineData("http://127.0.0.1:1/api", "OdcInvalidRequest")]
    [InlineData("https://user:pw@127.0.0.1/api", "OdcInvalidRequest")]
    [InlineData("//elsewhere.example/nowhere", "OdcNotFound")]
    public async Task The_token_goes_nowhere_else(string path, string id)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        lab["acme"].Statistics.Clear();
        shell.Catch($"Invoke-OdcRestMethod '{path}'").MustBe(id);
        // What looks like another host without its scheme is a path of the tenant.
        Assert.Equal(id == "OdcNotFound" ? ["/elsewhere.example/nowhere"] : Array.Empty<string>(), lab["acme"].Statistics.Requests.Select(r => r.Path));
    }

    [Theory]
    [InlineData(400, "OdcInvalidRequest")]
    [InlineData(404, "OdcNotFound")]
    [InlineData(409, "OdcConflict")]
    [InlineData(422, "OdcInvalidRequest")]
    [InlineData(429, "OdcThrottled")]
    [InlineData(302, "OdcUnexpectedResponse")]
    [InlineData(500, "OdcUnavailable")]
    [InlineData(503, "OdcUnavailable")]
    public async Task Each_status_is_its_own_error(int status, string id)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-MaximumRetryCount 0");
        lab["acme"].Answer("/api/organization/v1/organization", new CannedAnswer(
            status, "application/json", """{"detail":"Said so.","errorCode":"OS-TEST-1","traceId":"trace-7","errors":{"name":["Too long.","Taken."]}}"""));
        var error = shell.Catch("Invoke-OdcRestMethod /api/organization/v1/organization").MustBe(id);
        Assert.Contains("Said so. name: Too long. Taken. Trace id trace-7.", error.ToString(), StringComparison.Ordinal);
        var exception = Assert.IsType<OdcApiException>(error.Exception);
        Assert.Equal((status, "OS-TEST-1", "trace-7", "GET", "/api/organization/v1/organization"), (exception.StatusCode, exception.ErrorCode, exception.TraceId, exception.Method, exception.Path));
        Assert.Equal(["Too long.", "Taken."], exception.Errors["name"]);
    }

    [Theory]
    [InlineData("text/html", "<html>gateway</html>")]
    [InlineData("application/json", "{\"name\":")]
    [InlineData("application/json", "{\"name\":[1]}")]
    [InlineData("application/json", "17")]
    [InlineData("application/json", "null")]
    [InlineData("application/json", "")]
    public async Task An_answer_of_another_shape_is_an_error_with_what_came(string contentType, string body)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-MaximumRetryCount 0");
        lab["acme"].Answer("/api/organization/v1/organization", new CannedAnswer(200, contentType, body));
        var error = shell.Catch("Get-OdcOrganization").MustBe("OdcUnexpectedResponse");
        Assert.Contains(body, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_yet_says_so()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], parameters: "-MaximumRetryCount 0");
        Assert.Contains("does not have", shell.Catch("Invoke-OdcRestMethod /api/no-such-api/v1/things").MustBe("OdcUnavailable").ToString(), StringComparison.Ordinal);
    }

    private sealed class Thrower
    {
        public string Name => throw new NotSupportedException("No name.");
    }
}
