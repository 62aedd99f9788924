using System.Management.Automation;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>The signatures of URLs go through every transfer with all streams on, and are seen nowhere.</summary>
public sealed class SignatureCanaryTests
{
    [Theory]
    [InlineData("$source | Save-OdcContent -Verbose -Debug -PassThru; $source | Save-OdcContent -Verbose -Debug")]
    [InlineData("$source | Save-OdcContent -WhatIf; Save-OdcContent -Uri $url -Path other.oml -Verbose -Debug -PassThru")]
    [InlineData("$null = New-OdcAssetRevision orders.oml -Verbose -Debug; $null = New-OdcAssetRevision orders.oml -WhatIf; ($made = New-OdcAssetRevision orders.oml) | Out-Default; $made.ToString()")]
    [InlineData("$upload = New-OdcUpload -Verbose -Debug; $upload; $upload | Send-OdcFile orders.oml -Verbose -Debug -PassThru; $null = $upload | New-OdcAssetRevision -Verbose -Debug")]
    [InlineData("$upload = New-OdcUpload; $expire.Invoke(); $upload | Send-OdcFile orders.oml -Verbose -Debug; Save-OdcContent -Uri $url -Verbose -Debug")]
    [InlineData("$break.Invoke(); Save-OdcContent -Uri $url -Verbose -Debug")]
    [InlineData("$null = Import-OdcExternalLibrary calc.zip -Wait -Verbose -Debug; Import-OdcExternalLibrary calc.zip -WhatIf; Start-OdcExternalLibrarySourceDownload 'PDF Tools' 2 -Wait -Verbose -Debug | Save-OdcContent -Verbose -Debug")]
    [InlineData("$upload = New-OdcUpload -ExternalLibrary -Verbose -Debug; $upload; $upload | Send-OdcFile calc.zip -Verbose -Debug -PassThru; $null = $upload | Start-OdcExternalLibraryGeneration -Verbose -Debug; $expire.Invoke(); $upload | Start-OdcExternalLibraryGeneration -Wait -Verbose -Debug")]
    public async Task Nothing_shows_a_signature(string line)
    {
        await using var lab = await TransferLab.StartAsync("-MaximumRetryCount 1");
        var source = lab.Source();
        lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        File.WriteAllBytes(lab.PathOf("calc.zip"), LibraryFile.Create("Calculator", "action Add Left:Integer"));
        lab.Shell.Set("url", source.SourceCodeBinaryUrl);
        lab.Shell.Set("expire", (Action)lab.Storage.ExpireUrls);
        lab.Shell.Set("break", (Action)(() => lab.Spoil(Fault.ResetInBody, "/assets/", always: true)));

        // What an error is about is the user's own object, with its URL: it is not among what is written.
        using var run = PowerShell.Create(lab.Shell.Runspace);
        run.AddScript("$log = & { " + line + " } *>&1; $log | Out-Default; $Error | ForEach-Object { $_ | Out-Default; $_.Exception | Format-List * -Force | Out-String }; $log | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | ConvertTo-CliXml -Depth 6");
        var output = new PSDataCollection<PSObject>();
        run.Invoke(null, output);
        var seen = lab.Shell.Host.Text.Replace("\n", "", StringComparison.Ordinal) + string.Concat(output) + string.Concat(run.Streams.Error.Select(e => e.Exception + e.ToString()));
        var sent = lab.Tenant.Statistics.Requests.Select(r => r.PathAndQuery + r.Body).Append(source.SourceCodeBinaryUrl!);
        var signatures = sent.SelectMany(s => s.Split("X-Signature=").Skip(1)).Select(s => s[..64]).Distinct().ToList();
        Assert.NotEmpty(signatures);
        Assert.All(signatures, signature => Assert.DoesNotContain(signature[..16], seen, StringComparison.Ordinal));
        Assert.True(seen.Length > 300, "Hardly anything was seen: the test looks past it.");
    }
}
