using System.Collections;
using System.Management.Automation;
using System.Net;

namespace OdcPowerShell.Tests.Session;

/// <summary>
/// A recognisable secret and the real token go through every cmdlet with all streams on; nothing that a user, a log or a transcript could
/// see may hold them.
/// </summary>
public sealed class CanaryTests
{
    private const string Everything = "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; $ErrorActionPreference = 'Continue';";

    /// <summary>Of an error, CliXml would also keep what describes the code: its command, module, methods and assemblies, 10 MB of text without anything of the call. Their names are enough.</summary>
    private const string NameTheCode = """
        'System.Management.Automation.CommandInfo', 'System.Management.Automation.PSModuleInfo', 'System.Reflection.MemberInfo', 'System.Reflection.Module', 'System.Reflection.Assembly' |
            ForEach-Object { Update-TypeData -TypeName $_ -SerializationMethod String }
        """;

    /// <summary>Lines with success and failure, for what the rows of the contract don't reach: sign-in, vaults, and pipelines of several commands.</summary>
    public static TheoryData<string> Lines =>
    [
        "Connect-Odc $tenant -Credential $credential -PassThru",
        "Connect-Odc $tenant -ClientId $clientId -ClientSecret $secret -PassThru",
        "Connect-Odc $tenant -ClientId wrong -ClientSecret $secret",
        "Connect-Odc $tenant -Credential $wrong",
        "Connect-Odc https://no-such-tenant.invalid -Credential $credential",
        "Connect-Odc -SecretName odc -PassThru",
        "Connect-Odc -SecretName wrongtype",
        "Connect-Odc $tenant -CredentialProvider { $credential } -PassThru",
        "Connect-Odc $tenant -AutomationCredential odc -PassThru",
        "Connect-Odc $tenant -AccessToken (Get-OdcAccessToken).Token -PassThru -Name foreign",
        "Connect-Odc $tenant -Credential $credential -TokenCacheVault one -PassThru -Name cached; Connect-Odc $tenant -Credential $credential -TokenCacheVault one -Name cached",
        "Get-OdcAccessToken",
        "Get-OdcAccessToken -ForceRefresh",
        "$null = Get-OdcAccessToken -AsPlainText",
        "$null = Get-OdcAccessToken -AsHeader",
        "Get-OdcConnection",
        "Select-OdcConnection (Get-OdcConnection -Default) -PassThru",
        "Select-OdcConnection nowhere",
        "Get-OdcUser -First 3; Get-OdcUser -First 0; Get-OdcUser -Status Nonsense",
        "Get-OdcUser -UserKey 11111111-1111-1111-1111-111111111111",
        "Get-OdcUser -Group 'Fleet Driver Team'; Get-OdcUser -User nobody@acme.example; Measure-OdcUser -Stage QA",
        "New-OdcUser canary@acme.example -AddToBuiltInIdentityProvider | Set-OdcUser -Name Canary -PassThru | Disable-OdcUser -PassThru | Enable-OdcUser -PassThru; Remove-OdcUser canary@acme.example; New-OdcUser nonsense",
        "[pscustomobject]@{ Email = 'canary@acme.example' }, [pscustomobject]@{ Email = '' } | Import-OdcUser | Get-OdcUserImport",
        "Get-OdcEndUserRole Clerk; Get-OdcUser -HasEndUserRole -First 4 | Get-OdcEndUserRole; Grant-OdcEndUserRole -User (Get-OdcUser -First 1) -EndUserRole Clerk; Revoke-OdcEndUserRole -User (Get-OdcUser -First 1) -EndUserRole nothing",
        "Get-OdcGroup -Stage QA; New-OdcGroup Canary -Stage QA | Set-OdcGroup -Description Bird -WhatIf; Remove-OdcGroup Canary; Get-OdcGroup Canary",
        "$u = Get-OdcUser -First 2; Add-OdcGroupUser (Get-OdcGroup -First 1) $u; Remove-OdcGroupUser (Get-OdcGroup -First 1) $u; Get-OdcGroup | ForEach-Object ClaimMappings | Remove-OdcGroupClaimMapping -WhatIf",
        "New-OdcOrganizationRole Canary 'View members' | Set-OdcOrganizationRole -AddPermission 'View end users' -PassThru; Get-OdcOrganizationRole; Remove-OdcOrganizationRole Canary; Remove-OdcOrganizationRole Developer",
        "Get-OdcUser -First 1 | Grant-OdcOrganizationRole -OrganizationRole Viewer; Get-OdcUser -First 1 | Get-OdcOrganizationRole | Revoke-OdcOrganizationRole; Get-OdcPermission",
        "$providers = Get-OdcIdentityProvider; $providers; $providers | Get-OdcIdentityProvider; $oidc = $providers[0].OidcConfiguration; $oidc; \"$oidc $($oidc.ClientSecret)\"",
        "Get-OdcOrganization",
        "Get-OdcStage; Get-OdcStage Nowhere",
        "$s = Get-OdcSubscription; $s; $s.ActivationCode; \"$($s.ActivationCode)\"; $s | ConvertTo-Json -Depth 5; $s | ConvertTo-Csv; Invoke-OdcRestMethod /api/subscription/v1/organization/entitlements | Out-Null",
        "Invoke-OdcRestMethod /api/identity/v1/users -Method POST -Body @{ clientSecret = $plain } -WhatIf",
        "Invoke-OdcRestMethod /api/nowhere",
        "Invoke-OdcRestMethod /api/echo",
        "Get-OdcOrganization -Connection echo",
        "Register-OdcCredential new acme.example -Credential $credential -PassThru -Force",
        "Register-OdcCredential new acme.example -Credential $credential",
        "Register-OdcCredential what acme.example -ClientId $clientId -ClientSecret $secret -WhatIf",
        "Get-OdcCredential",
        "New-OdcBuiltInDomain canary -Organization; Set-OdcBuiltInDomain canary -Primary -Organization -UpdateCredential -PassThru -Confirm:$false; Remove-OdcBuiltInDomain acme -Organization -UpdateCredential -Confirm:$false; Remove-OdcBuiltInDomain canary -Organization",
        "Get-OdcRateLimit",
        "Test-OdcConnection -For Get-OdcUser; Test-OdcConnection -Tenant $tenant",
        "Get-OdcRequiredPermission -ScriptBlock { Get-OdcUser; Invoke-Expression 'Get-OdcUser' } -Compare",
        "New-OdcUpload; New-OdcAsset Orders Agent; New-OdcAssetRevision nowhere.oml",
        "Send-OdcFile nowhere.oml -Upload (New-OdcUpload); Save-OdcContent -InputObject (New-OdcUpload)",
        "Get-OdcAsset 'Order Desk' -Embed sourceCode; Get-OdcAsset 'Order Desk' | Get-OdcAssetRevision -Latest; Get-OdcAsset 'Order Desk' | Set-OdcAssetRevision -Revision 5 -Tag nonsense; Remove-OdcAsset Nowhere",
        "Find-OdcAssetRevision 'Order Desk' -HighestTag; Get-OdcAssetIcon 'Order Desk'; Get-OdcAssetMetadata 'Order Desk'; Get-OdcAssetReleaseNote 'Order Desk'; Get-OdcAssetSignature 'Order Desk'; Get-OdcAssetSourceCode Nowhere",
        "(Get-OdcAssetConsumer Fleet).Name; (Get-OdcAssetProducer Claims).Name; (Get-OdcAssetProducerGraph 'HR Self Service').Name; (Get-OdcPublicElement Fleet).Name; (Get-OdcReferencedElement Claims).Name; (Find-OdcPublicElement -Asset Fleet).Name",
        "(Get-OdcDeployedAsset -Stage QA -Flat).AssetName; (Get-OdcLibrary).Name; (Get-OdcPortfolio).Name; Set-OdcPortfolio 'Main Portfolio' -Name Main -WhatIf; Set-OdcStage QA -Name Test -WhatIf",
        "Get-OdcBuild -Asset Fleet -Revision 3 | Get-OdcBuildLog; Start-OdcBuild Fleet 99; Get-OdcBuild -Asset Fleet -Revision 3 | Start-OdcGeneratedCodePackage | Get-OdcGeneratedCodePackage",
        "(Get-OdcDeployment -First 1 | Get-OdcDeploymentMessage).Message; (Get-OdcPublication -First 1 | Get-OdcPublicationMessage).Message; Start-OdcPublication Fleet 99; Start-OdcDeployment Fleet 99 -Stage QA; Start-OdcDeployment -FromStage QA -Stage Production -WhatIf; Undo-OdcDeployment Fleet -Stage QA -To 1 -WhatIf; Get-OdcStage QA | Wait-OdcOperation",
        "Start-OdcUndeployment Fleet -Stage QA -WhatIf; Start-OdcConfigurationApply Fleet -Stage QA -WhatIf; Test-OdcDeployment Fleet 99 -Stage QA",
        "Get-OdcUserAccess -Verbose; Get-OdcUserAccess nobody@acme.example; Get-OdcUserAccess -Stage Nowhere; Get-OdcUser -HasOrganizationRole | Disable-OdcUser -RevokeAccess -Verbose; [pscustomobject]@{ Email = 'a@new.example'; Group = 'Fleet Driver Team'; Role = 'Clerk'; Stage = 'QA' } | Import-OdcUser -Wait -Verbose; Get-OdcAsset -Unused -Verbose",
        "Get-OdcChange 2026-01-01 -First 30; Get-OdcChange 2026-01-01 -Stage QA | Select-Object -First 2 | Get-OdcDeploymentMessage; Compare-OdcStage QA Production; Compare-OdcStage QA Nowhere; Get-OdcDeployedAsset -Matrix",
        "Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey $secret -PassThru; Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey $plain -AllowPlainText -WhatIf; Set-OdcAssetSetting 'Order Desk' QA Welcome $secret; Set-OdcAssetSetting 'Order Desk' QA 'Payments/Password' -SecretName odc -Apply; Get-OdcAssetSetting 'Order Desk' QA | ConvertTo-Json",
        "Set-OdcAssetConfiguration 'Order Desk' QA -Setting @{ PaymentApiKey = $secret } -PassThru; Copy-OdcAssetSetting 'Order Desk' QA Production -WhatIf; Compare-OdcAssetSetting 'Order Desk' QA Production; Set-OdcStageSystemConfiguration QA SMTPPassword $secret -PassThru -Confirm:$false; Set-OdcStageSystemConfiguration QA SMTPPort $secret",
        "Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePassword $secret -KeyAlias $secret -PassThru; Set-OdcAndroidConfiguration 'Driver Go' QA -KeyAliasPassword $secret -WhatIf; Set-OdcAndroidConfiguration Fleet QA -KeyAlias $secret; Set-OdcIosConfiguration 'Driver Go' QA -CertificatePasswordSecretName odc -PassThru | ConvertTo-Json -Depth 4; Set-OdcMobileExtensibilitySetting 'Driver Go' QA PushApiKey $secret -PassThru; Set-OdcMobileExtensibilitySetting 'Driver Go' QA PushApiKey $plain",
        "Export-OdcReport (Join-Path ([IO.Path]::GetTempPath()) ('{0}.html' -f [guid]::NewGuid())) -IncludeUser -PassThru | Tee-Object -Variable f | Get-Content -Raw; $f | Remove-Item; Get-OdcAssetProducer Claims | ConvertTo-OdcDiagram; Get-OdcStage | ConvertTo-OdcDiagram Dot",
        "Start-OdcDeploymentAnalysis Fleet 3 -Stage QA | Get-OdcDeploymentAnalysis; Start-OdcDeletionAnalysis Fleet | Get-OdcDeletionAnalysis",
        "Start-OdcCodeAnalysis Fleet -Wait; Get-OdcCodeFinding -First 2; Get-OdcCodePattern; Test-OdcCodeQuality Fleet, 'Order Desk', Nowhere -MaximumHigh 0; Get-OdcCodeAnalysisSummary Fleet 99",
        "New-OdcUpload -ExternalLibrary; Import-OdcExternalLibrary nowhere.zip; New-OdcUpload -ExternalLibrary | Start-OdcExternalLibraryGeneration -FileName a.zip -Wait; Start-OdcExternalLibrarySourceDownload 'PDF Tools' -Wait; Get-OdcExternalLibraryGeneration",
        "Test-OdcTenant -IncludePassed; Test-OdcTenant ExpiringSecret, DebugBuild, PendingSetting -ErrorOnFailure; Get-OdcTenantRule; Test-OdcTenant Nonsense",
        "Export-OdcTenant canary-export -IncludeUser -WhatIf; Export-OdcTenant canary-export -Kind Nonsense; Compare-OdcTenant -ReferenceStage QA -DifferenceStage Production; Compare-OdcTenant nowhere",
        "Export-OdcTenant canary-export -IncludeUser -WhatIf; Export-OdcTenant canary-export -Kind Nonsense; Compare-OdcTenant -ReferenceStage QA -DifferenceStage Production; Compare-OdcTenant nowhere; Import-OdcTenant nowhere; Import-OdcTenant nowhere -Prune -WhatIf",
        "Disconnect-Odc",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Nothing_shows_a_secret_or_a_token(string line)
    {
        await using var lab = await Lab.StartAsync();
        NothingIsShown(lab["acme"], line);
    }

    public static TheoryData<string> Tables => [.. Contract.Call.Tables.Keys];

    /// <summary>A row of the contract for each cmdlet. Its keys stand for nothing in the emulator, so that most of them fail there.</summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public async Task No_cmdlet_of_the_contract_shows_a_secret_or_a_token(string table)
    {
        await using var lab = await Lab.StartAsync();
        NothingIsShown(lab["acme"], string.Join('\n', Contract.Call.Tables[table].DistinctBy(c => c.Cmdlet).Select(c => $"try {{ & {{ {c.Script} }} *>&1 | Select-Object -First 5 }} catch {{ $_ }}")));
    }

    internal static void NothingIsShown(EmulatedTenant tenant, string line)
    {
        var client = tenant.Clients["admin"];
        using var shell = Prepare(tenant, client);
        var token = shell.Run("Get-OdcAccessToken -AsPlainText").Single<string>();
        // A server that echoes what it was sent.
        tenant.Answer("/api/echo", new CannedAnswer(500, "application/json", $$"""{"detail":"You sent Bearer {{token}} and client_secret={{client.Secret}}"}"""));

        shell.Set("transcript", Path.Combine(Surroundings.Home, Path.GetRandomFileName()));
        var shown = shell.Run(Everything + """
            $null = Start-Transcript $transcript
            $log = & { LINE } *>&1
            $log, $Error | ForEach-Object { $_ } | Out-Default
            Stop-Transcript | Out-Null
            Get-Content $transcript
            $log, $Error | ForEach-Object { $_ } | ForEach-Object { $_, $_.Exception } | Format-List * -Force | Out-String -Width 10000
            $log, $Error | ConvertTo-CliXml -Depth 6
            """.Replace("LINE", line, StringComparison.Ordinal));
        var seen = shell.Host.Text + string.Join('\n', shown.Output);
        var newToken = shell.Run("try { Get-OdcAccessToken -AsPlainText } catch { '' }").Output.LastOrDefault()?.ToString();
        foreach (var hidden in new[] { client.Secret, token, newToken ?? "", tenant.Identity.ProviderSecret, tenant.Subscription.ActivationCode }.SelectMany(Forms))
            Assert.DoesNotContain(hidden, seen, StringComparison.Ordinal);
        Assert.True(seen.Length > 200, "Hardly anything was seen: the test looks past it.");
    }

    [Fact]
    public void Every_cmdlet_is_among_the_lines()
    {
        var lines = string.Concat(Lines.Select(l => l.Data)) + string.Concat(Contract.Call.All.Select(c => c.Script));
        foreach (var cmdlet in typeof(Cmdlets.Session.ConnectOdcCommand).Assembly.GetTypes().Select(t => t.GetCustomAttributes(typeof(CmdletAttribute), inherit: false).FirstOrDefault()).OfType<CmdletAttribute>())
            Assert.True(lines.Contains($"{cmdlet.VerbName}-{cmdlet.NounName}", StringComparison.Ordinal), $"Add a row with {cmdlet.VerbName}-{cmdlet.NounName} to its table of Contract, or a line to CanaryTests.Lines.");
    }

    [Fact]
    public async Task The_canary_would_be_found()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Prepare(lab["acme"], lab["acme"].Clients["admin"]);
        shell.Run("Get-OdcAccessToken -AsPlainText | Out-Default").ThrowOnError();
        var token = shell.Run("Get-OdcAccessToken -AsPlainText").Single<string>();
        Assert.Contains(token, shell.Host.Text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        // In what an error keeps of its call, too.
        foreach (var place in new[] { "$e.Exception.Data['x'] = @{ deep = $token }; $e", "[System.Management.Automation.ErrorRecord]::new([Exception]::new('x'), 'x', 0, @{ deep = $token })" })
            Assert.Contains(token, shell.Run("$token = Get-OdcAccessToken -AsPlainText; $e = try { Get-OdcUser -Connection nowhere } catch { $_ }; " + place + " | ConvertTo-CliXml -Depth 6").Single<string>(), StringComparison.Ordinal);
    }

    private static Shell Prepare(EmulatedTenant tenant, ApiClient client)
    {
        var shell = new Shell(changesTypes: true);
        shell.Run(FakeVault.Install + "; " + NameTheCode).ThrowOnError();
        shell.Connect(tenant, parameters: "-MaximumRetryCount 1").ThrowOnError();
        shell.Set("clientId", client.ClientId);
        shell.Set("secret", Shell.Secure(client.Secret));
        shell.Set("plain", client.Secret);
        shell.Set("wrong", new PSCredential(client.ClientId, Shell.Secure(client.Secret + "x")));
        shell.Set("metadata", new Hashtable { ["Tenant"] = tenant.Url.ToString() });
        shell.Run("$global:Secrets.odc = $credential; $global:Metadata.odc = $metadata; $global:Secrets.wrongtype = 17; function global:Get-AutomationPSCredential { $credential }").ThrowOnError();
        return shell;
    }

    private static IEnumerable<string> Forms(string secret) =>
        secret.Length < 8 ? [] : [secret, Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)), Convert.ToHexStringLower(System.Text.Encoding.Unicode.GetBytes(secret)), secret[..^1]];
}
