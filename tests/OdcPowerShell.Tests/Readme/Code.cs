using System.Text.Json;

namespace OdcPowerShell.Tests.Readme;

/// <summary>Code of the README in the pinned pwsh, statement by statement.</summary>
internal static class Code
{
    private const string Each = """
        $ErrorActionPreference = 'Continue'
        $tree = [System.Management.Automation.Language.Parser]::ParseInput((Get-Content -Raw code.txt), [ref] $null, [ref] $null)
        foreach ($statement in $tree.EndBlock.Statements) {
            $script:written = @(try { . ([scriptblock]::Create($statement.Extent.Text)) 2>&1 } catch { $_ })
            $script:errors, $script:output = $written.Where({ $_ -is [System.Management.Automation.ErrorRecord] }, 'Split')
            $report = [ordered] @{ Line = $statement.Extent.Text; Output = @($output); Errors = @($errors | ForEach-Object { "$($_.FullyQualifiedErrorId.Split(',')[0]): $_" }); After = & $after }
            '@@' + (ConvertTo-Json -InputObject $report -Depth 5 -Compress -WarningAction Ignore)
        }
        """;

    /// <summary>Runs each statement after the preparations, and the script block $after when one is set there.</summary>
    internal static async Task<IReadOnlyList<Ran>> RunAsync(this Pwsh pwsh, OdcEmulator emulator, string before, string code)
    {
        var tenant = emulator["acme"];
        // The tenant of the README stands for the reader's own.
        await File.WriteAllTextAsync(Path.Combine(pwsh.Folder, "code.txt"), code.Replace("acme.outsystems.dev", tenant.Url.ToString(), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (client, secret) = (tenant.Clients["admin"].ClientId, tenant.Clients["admin"].Secret);
        var script = $"""
            $after = {'{'} {'}'}
            $clientId = '{client}'
            $secret = ConvertTo-SecureString '{secret}' -AsPlainText -Force
            $credential = [pscredential]::new($clientId, $secret)
            {before}
            {Each}
            """;
        var ended = await pwsh.RunAsync(script);
        Assert.Equal((0, "", ended.Output), (ended.Code, ended.Error, ended.Output));
        return [.. ended.Output.Split('\n').Where(l => l.StartsWith("@@", StringComparison.Ordinal)).Select(l => JsonSerializer.Deserialize<Ran>(l[2..])!)];
    }

    /// <summary>What a statement wrote, its errors as "id: message", and what the script block $after found.</summary>
    internal sealed record Ran(string Line, IReadOnlyList<JsonElement> Output, IReadOnlyList<string> Errors, JsonElement After)
    {
        internal IReadOnlyList<string> All(string property)
        {
            Assert.Equal((Line, ""), (Line, string.Join('\n', Errors)));
            return [.. Output.Select(o => o.GetProperty(property).GetString()!)];
        }
    }
}
