namespace OdcPowerShell.Tests.Session;

/// <summary>Get-OdcRequiredPermission: what it reads in scripts.</summary>
public sealed class GetOdcRequiredPermissionTests : IDisposable
{
    private const string Key = "5f0c1b3e-1d0e-4b8e-9c1c-2f6f3f6f0c11";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Shell _shell = new();

    [Theory]
    [InlineData("Get-OdcOrganization", "GET /api/organization/v1/organization Always")]
    [InlineData("OdcPowerShell\\Get-OdcOrganization", "GET /api/organization/v1/organization Always")]
    [InlineData("function F { & { Get-OdcOrganization } }; F", "GET /api/organization/v1/organization Always")]
    [InlineData("1..3 | ForEach-Object -Parallel { Get-OdcOrganization }", "GET /api/organization/v1/organization Always")]
    [InlineData("Set-Alias org Get-OdcOrganization; org", "GET /api/organization/v1/organization Always")]
    [InlineData("if ($x) { \"$(Get-OdcOrganization)\" }", "GET /api/organization/v1/organization Always")]
    [InlineData("Set-OdcOrganization -Name x", "PATCH /api/organization/v1/organization Always")]
    [InlineData("Set-OdcOrganization -Name x -PassThru", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization Always")]
    [InlineData("Set-OdcOrganization -Name x -Pass:$true", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization Always")]
    [InlineData("Set-OdcOrganization -Name x -PassThru:$false -WhatIf", "PATCH /api/organization/v1/organization Always")]
    [InlineData("Set-OdcOrganization -Name x -PassThru:$y", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization OnlyIf")]
    [InlineData("$p = @{ Name = 'x'; PassThru = $true }; Set-OdcOrganization @p", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization Always")]
    [InlineData("Set-OdcOrganization @args", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization OnlyIf")]
    [InlineData("$p = @{ Name = 'x' }; $p.PassThru = $true; Set-OdcOrganization @p", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization OnlyIf")]
    [InlineData("Get-OdcGroup", "GET /api/identity/v1/groups Always", "GET /api/portfolios/v2/environments Optional")]
    [InlineData("Get-OdcGroup -Group " + Key, "GET /api/identity/v1/groups/{key} Always", "GET /api/portfolios/v2/environments Optional")]
    [InlineData("Remove-OdcUser -User " + Key, "DELETE /api/identity/v1/users/{key} Always")]
    [InlineData("Remove-OdcUser -Us ana@acme.example", "DELETE /api/identity/v1/users/{key} Always", "GET /api/identity/v1/users Always")]
    [InlineData("$who = 'ana@acme.example'; Remove-OdcUser $who", "DELETE /api/identity/v1/users/{key} Always", "GET /api/identity/v1/users Always")]
    [InlineData("Remove-OdcUser $env:WHO", "DELETE /api/identity/v1/users/{key} Always", "GET /api/identity/v1/users OnlyIf")]
    [InlineData("Remove-OdcUser https://acme.outsystems.dev/users/" + Key, "DELETE /api/identity/v1/users/{key} Always")]
    [InlineData("Get-OdcDefaultDomain Production", "GET /api/environment-configurations/v1/environments/{environmentKey}/default-domain Always", "GET /api/portfolios/v2/environments Always")]
    [InlineData("Invoke-OdcRestMethod /api/identity/v1/users?limit=1", "GET /api/identity/v1/users Always")]
    [InlineData("Invoke-OdcRestMethod \"/api/identity/v1/users/$key\" -Method DELETE", "DELETE /api/identity/v1/users/{key} Always")]
    [InlineData("Invoke-OdcRestMethod https://acme.outsystems.dev/api/identity/v1/groups POST", "POST /api/identity/v1/groups Always")]
    [InlineData("@'\nGet-OdcUser\n'@ | Out-Null # Get-OdcUser")]
    [InlineData("Set-Alias -Value Get-OdcOrganization -Name:org; org", "GET /api/organization/v1/organization Always")]
    [InlineData("$p = @{ Name = 'x' }; $p.Add('PassThru', $true); Set-OdcOrganization @p", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization OnlyIf")]
    [InlineData("$p = @{ Name = 'x' }; $q = $p; $q.PassThru = $true; Set-OdcOrganization @p", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization OnlyIf")]
    [InlineData("$p = @{ Name = 'x' }; Set-Variable p @{ Name = 'x'; PassThru = $true }; Set-OdcOrganization @p", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization OnlyIf")]
    [InlineData("function F { param($p = @{ Name = 'x' }) Set-OdcOrganization @p }; F", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization OnlyIf")]
    [InlineData("function F { param([bool]$r = $false) Set-OdcOrganization -Name x -PassThru:$r }; F", "PATCH /api/organization/v1/organization Always", "GET /api/organization/v1/organization OnlyIf")]
    [InlineData("Get-OdcBuild -Asset " + Key + " 5", "GET /api/builds/v1/build-operations Always")]
    [InlineData("Get-OdcBuild -Asset " + Key + " 1.2.0", "GET /api/builds/v1/build-operations Always", "GET /api/asset-repository/v1/assets/{assetKey}/revisions Always")]
    [InlineData("Get-OdcBuild -Asset " + Key + " $r", "GET /api/builds/v1/build-operations Always", "GET /api/asset-repository/v1/assets/{assetKey}/revisions OnlyIf")]
    [InlineData("Get-OdcBuild -Asset " + Key, "GET /api/builds/v1/build-operations Always", "GET /api/asset-repository/v1/assets/{assetKey}/latest-revision Always")]
    [InlineData("function F { param($Who = 'ana@acme.example') Remove-OdcUser $Who }; F", "DELETE /api/identity/v1/users/{key} Always", "GET /api/identity/v1/users OnlyIf")]
    [InlineData("function F { param($Who = 'ana@acme.example') $x = $Who; Remove-OdcUser @($x, 'ben@acme.example') }; F", "DELETE /api/identity/v1/users/{key} Always", "GET /api/identity/v1/users OnlyIf")]
    public void A_script_has_these_operations(string script, params string[] operations)
    {
        var rows = Rows($"Get-OdcRequiredPermission -ScriptBlock {{ {script}\n }} -Detailed");
        Assert.Equal(operations.Order(StringComparer.Ordinal), rows.Select(r => $"{r.Operations} {r.Needed}").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Commands_are_chosen_by_a_pattern()
    {
        var rows = Rows("Get-OdcRequiredPermission -Command Get-OdcGroup*, Remove-OdcGroup -Detailed");
        Assert.Contains(rows, r => r.Commands == "Get-OdcGroup");
        Assert.Contains(rows, r => r.Commands == "Remove-OdcGroup");
        Assert.DoesNotContain(rows, r => r.Commands is "Get-OdcUser" or "Add-OdcGroupUser");
        Assert.Equal("OdcNotFound", _shell.Run("Get-OdcRequiredPermission -Command Nope-Odc*").ErrorId);
        Assert.Contains("Did you mean Get-OdcGroup", _shell.Run("Get-OdcRequiredPermission -Command Get-OdcGrup").Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_with_a_configuration_of_DSC_is_read_where_DSC_is_missing()
    {
        var path = Path.Combine(_folder.FullName, "dsc.ps1");
        File.WriteAllText(path, "configuration Lab {\n  Node localhost {\n    File x { DestinationPath = 'y' }\n  }\n}\nGet-OdcGroup\n");
        var result = _shell.Run($"Get-OdcRequiredPermission '{path}'");
        Assert.DoesNotContain(result.Errors, e => e.ToString().Contains("Exception", StringComparison.Ordinal));
        var rows = result.ThrowOnError().All<OdcRequiredPermission>();
        // Where DSC is installed, the script is read like any other.
        Assert.Contains(rows, r => r.Commands == "Get-OdcGroup" || r.Condition!.Contains("this machine lacks DSC", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipeline_of_objects_needs_no_look_up_and_binds_their_parameter()
    {
        var rows = Rows("Get-OdcRequiredPermission -ScriptBlock { Get-OdcOrganizationRole -First 1 | Get-OdcUser } -Detailed");
        Assert.Contains(rows, r => r.Operations == "GET /api/identity/v1/organization-roles/{key}/users" && r.Needed == "Always" && r.Permission == "User management > View members");
        Assert.DoesNotContain(rows, r => r.Operations is "GET /api/identity/v1/users" or "GET /api/identity/v1/groups/{key}/users");
    }

    [Theory]
    [InlineData("& $name", "$name")]
    [InlineData("Invoke-Expression $text", "Invoke-Expression")]
    [InlineData("Remove-OdcGrop x", "this module has no command Remove-OdcGrop; did you mean Remove-OdcGroup")]
    [InlineData("1 | get-odcgroups", "this module has no command get-odcgroups; did you mean Get-OdcGroup")]
    [InlineData("OdcPowerShell\\Get-Stage", "this module has no command Get-Stage")]
    [InlineData("[scriptblock]::Create($text).Invoke()", "Create")]
    [InlineData("Invoke-OdcRestMethod $path", "$path")]
    [InlineData("Invoke-OdcRestMethod /api/nowhere", "/api/nowhere")]
    [InlineData("param($Method = 'GET') Invoke-OdcRestMethod /api/identity/v1/users -Method $Method", "value of -Method")]
    [InlineData("param($Path = '/api/identity/v1/users') $p = $Path; Invoke-OdcRestMethod $p", "value of -Path")]
    [InlineData("param($Script = './other.ps1') & $Script", "$Script")]
    [InlineData("@('Remove-OdcUser')", "Remove-OdcUser")]
    [InlineData("Get-OdcUser -Nonsense 1", "-Nonsense")]
    [InlineData(". $library", "$library")]
    [InlineData("pwsh -Command 'Get-OdcUser'", "pwsh")]
    [InlineData("powershell.exe 'Get-OdcUser'", "powershell")]
    [InlineData("Start-Process pwsh -ArgumentList '-File', 'x.ps1'", "Start-Process")]
    [InlineData("$PSDefaultParameterValues['*-Odc*:Wait'] = $true", "default values")]
    [InlineData("$PSDefaultParameterValues.Add('Disable-OdcUser:RevokeAccess', $true)", "default values")]
    [InlineData("Import-Module OdcPowerShell -Prefix Z; Remove-ZOdcUser x", "prefix")]
    [InlineData("$n = 'ru'; Set-Alias $n Remove-OdcUser; ru x", "alias")]
    [InlineData("Set-Item alias:ru Remove-OdcUser; ru x", "Set-Item")]
    [InlineData("'x' | ForEach-Object Remove-OdcUser", "ForEach-Object")]
    [InlineData("[powershell]::Create().AddCommand('Remove-OdcUser').Invoke()", "AddCommand")]
    [InlineData("$c = 'Remove-OdcUser'", "Remove-OdcUser")]
    [InlineData("function Get-OdcUser { 1 }; Get-OdcUser", "function")]
    [InlineData("function Inner { function Remove-OdcUser { } }; Remove-OdcUser x", "function")]
    public void What_only_a_run_shows_is_a_row_with_its_line(string script, string named)
    {
        var result = _shell.Run($"Get-OdcRequiredPermission -ScriptBlock {{\n{script}\n}}");
        var row = Assert.Single(result.All<OdcRequiredPermission>(), r => r.Needed == "Unknown");
        Assert.Contains(named, row.Condition, StringComparison.Ordinal);
        Assert.Equal((null, 2), (row.Permission, row.Line));
        Assert.Contains("not analysed", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_that_are_called_by_a_path_are_read_and_others_are_named()
    {
        Write("lib.ps1", "function Get-All { Get-OdcGroup }");
        Write("again.ps1", ". $PSScriptRoot/main.ps1; Get-OdcOrganization");
        var main = Write("main.ps1", ". ./lib.ps1\n& \"$PSScriptRoot/again.ps1\"\n& (Join-Path $PSScriptRoot 'gone.ps1')\npwsh -File $PSScriptRoot/lib.ps1\n. $env:HOME/x.ps1");
        var rows = Rows($"Get-OdcRequiredPermission '{main}' -Detailed");
        Assert.Contains(rows, r => r.Operations == "GET /api/identity/v1/groups" && r.Path!.EndsWith("lib.ps1", StringComparison.Ordinal));
        Assert.Single(rows, r => r.Operations == "GET /api/organization/v1/organization");
        Assert.Equal([3, 5], rows.Where(r => r.Needed == "Unknown").Select(r => r.Line!.Value));
        Assert.Contains("gone.ps1", rows.First(r => r.Line == 3 && r.Needed == "Unknown").Condition, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_script_is_run()
    {
        var mark = Path.Combine(_folder.FullName, "mark");
        var main = Write("main.ps1", $"#Requires -Modules NoSuchModule\nNew-Item '{mark}'; Get-OdcOrganization");
        Assert.Single(Rows($"Get-OdcRequiredPermission '{main}'"));
        Assert.Single(Rows($"Get-OdcRequiredPermission -ScriptBlock {{ New-Item '{mark}'; Get-OdcOrganization }}"));
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void A_syntax_error_is_an_error_with_file_line_and_column()
    {
        var main = Write("broken.ps1", "Get-OdcUser\nif ($true) {");
        var good = Write("good.ps1", "Get-OdcOrganization");
        var result = _shell.Run($"Get-OdcRequiredPermission '{main}', '{good}'");
        Assert.Equal("OdcInvalidRequest", result.ErrorId);
        Assert.Contains($"{main} is not a script that PowerShell can run: line 2, column 12", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Single(result.Output);
    }

    [Fact]
    public void Files_are_taken_by_wildcard_and_from_the_pipeline()
    {
        Write("a.ps1", "Get-OdcUser");
        Write("b[1].ps1", "Get-OdcStage");
        foreach (var line in new[] { $"Get-OdcRequiredPermission '{_folder.FullName}/*.ps1'", $"Get-ChildItem '{_folder.FullName}/*.ps1' | Get-OdcRequiredPermission", $"'{_folder.FullName}/*.ps1' | Get-OdcRequiredPermission" })
        {
            var rows = Rows(line);
            Assert.Contains(rows, r => r is { Permission: "Stage > View stage", Places: "b[1].ps1:1" });
            Assert.Contains(rows, r => r.Commands == "Get-OdcUser" && r.Places == "a.ps1:1");
        }

        Assert.Empty(Rows("@() | Get-OdcRequiredPermission"));
    }

    [Theory]
    [InlineData("nowhere.ps1", "does not exist")]
    [InlineData("*.nothing", "No file matches")]
    [InlineData("", "is a folder")]
    public void A_path_that_is_no_script_is_an_error(string name, string says)
    {
        var result = _shell.Run($"Get-OdcRequiredPermission '{Path.Combine(_folder.FullName, name)}'");
        Assert.Equal("OdcFileNotFound", result.ErrorId);
        Assert.Contains(says, result.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void One_row_for_each_permission_is_what_a_person_ticks()
    {
        var rows = Rows("Get-OdcRequiredPermission -ScriptBlock { Get-OdcDeployedAsset -Stage Production\nStart-OdcDeployment -FromStage QA -Stage Production -Wait\nGet-OdcOrganization }");
        var deploy = Assert.Single(rows, r => r.Permission == "Release management > Deploy assets");
        Assert.Equal(("Always", "Production, QA", "Start-OdcDeployment", "line 2"), (deploy.Needed, deploy.Stages, deploy.Commands, deploy.Places));
        Assert.Equal("deployments POST /deployment-operations: 10; deployments: 100", deploy.RateLimits);
        var view = Assert.Single(rows, r => r.Permission == "Stage > View stage");
        Assert.Equal(("Always", "Get-OdcDeployedAsset, Start-OdcDeployment", "line 1, line 2"), (view.Needed, view.Commands, view.Places));
        Assert.Equal(rows.Select(r => r.Permission).Order(StringComparer.Ordinal), rows.Select(r => r.Permission));
        Assert.DoesNotContain(rows, r => r.Permission == "any one permission");
    }

    [Fact]
    public void Five_thousand_lines_are_read()
    {
        var main = Write("long.ps1", string.Concat(Enumerable.Range(0, 1250).Select(i => $"function F{i} {{\n    $user = Get-OdcUser -First {i}\n    $user | Get-OdcEndUserRole -Stage QA\n}}\n")));
        Assert.Equal(1250, Rows($"Get-OdcRequiredPermission '{main}' -Detailed").Count(r => r.Operations == "GET /api/identity/v1/users" && r.Commands == "Get-OdcUser"));
    }

    [Fact]
    public void What_is_no_command_is_an_error() => Assert.Equal("OdcNotFound", _shell.Run("Get-OdcRequiredPermission -Command Get-OdcUsers").ErrorId);

    [Fact]
    public void Connection_without_Compare_is_an_error_and_Compare_needs_one()
    {
        Assert.Equal("OdcNotConnected", _shell.Run("Get-OdcRequiredPermission -Command Get-OdcUser -Compare").ErrorId);
        Assert.Equal("OdcInvalidRequest", _shell.Run("Get-OdcRequiredPermission -Command Get-OdcUser -Connection nobody").ErrorId);
    }

    [Theory]
    [InlineData("", "Permission Needed Commands")]
    [InlineData(" -Compare", "Permission Needed Granted Commands")]
    public async Task The_table_has_Granted_only_with_Compare(string parameter, string headings)
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Run($"Get-OdcRequiredPermission -Command Get-OdcStage{parameter} | Out-Default").ThrowOnError();
        Assert.Contains(headings, string.Join(' ', lab.Shell.Host.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_shows_what_the_API_client_has_and_changes_nothing()
    {
        await using var lab = await TenantLab.StartAsync(users: 5, client: "empty");
        Grant("Stage > View stage", "User management > View end users");
        var rows = Compared("Get-OdcStage Production; Get-OdcEndUserRole; Get-OdcGroup; New-OdcUser -Name x -Email x@acme.example; Get-OdcUser; Get-OdcAsset");
        Assert.Equal("Yes", rows["Stage > View stage"].Granted);
        Assert.Equal("Yes", rows["User management > View end users"].Granted);
        Assert.Equal("No", rows["User management > Manage end-user groups"].Granted);
        // No list needs it and no other, and the documentation does not say that the list of assets needs it.
        Assert.Equal("Unknown", rows["User management > Manage users"].Granted);
        Assert.NotEqual("Yes", rows["Asset management > Open"].Granted);
        Assert.All(rows.Values, r => Assert.NotEmpty(r.Reason!));
        Assert.Empty(lab.Changes);

        Grant("User management > Manage end-user groups");
        rows = Compared("Get-OdcStage Production; Get-OdcGroup; Get-OdcEndUserRole");
        Assert.Equal(("No", "Yes", "No"), (rows["Stage > View stage"].Granted, rows["User management > Manage end-user groups"].Granted, rows["User management > View end users"].Granted));

        Grant("Stage > View stage");
        Assert.Equal("No", Compared("Get-OdcDeployedAsset -Stage Nowhere")["Stage > View stage"].Granted);
        lab.Tenant.Answer("/api/identity/v1/groups", new CannedAnswer(503, "text/plain", "down"));
        var unknown = Compared("Get-OdcGroup")["User management > Manage end-user groups"];
        Assert.Equal("Unknown", unknown.Granted);
        Assert.StartsWith("It was not found out:", unknown.Reason, StringComparison.Ordinal);

        void Grant(params string[] permissions) => lab.Tenant.Clients["empty"].Permissions = permissions;
        Dictionary<string, OdcComparedPermission> Compared(string script) =>
            lab.Run($"Get-OdcRequiredPermission -ScriptBlock {{ {script} }} -Compare").All<OdcComparedPermission>().ToDictionary(r => r.Permission!);
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    private IReadOnlyList<OdcRequiredPermission> Rows(string line) => _shell.Run(line).All<OdcRequiredPermission>();

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
