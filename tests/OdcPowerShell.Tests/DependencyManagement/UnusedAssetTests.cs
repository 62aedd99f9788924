using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.DependencyManagement;

/// <summary>Assets that nothing uses: none that runs anywhere, has consumers, comes with the service or is a template.</summary>
public sealed class UnusedAssetTests
{
    /// <summary>The same by single commands, asset by asset and stage by stage.</summary>
    private const string OneByOne = """
        $running = (Get-OdcDeployedAsset).AssetKey
        Get-OdcAsset -BuiltIn:$false -Embed metadata | Where-Object { $_.AssetKey -notin $running -and -not $_.Embedded.Metadata.TemplateType } | Where-Object {
            $asset = $_
            -not ($asset | Get-OdcAssetConsumer -AllVersions) -and -not (Get-OdcStage | ForEach-Object { $asset | Get-OdcAssetConsumer -Stage $_ -AllVersions })
        } | ForEach-Object Name
        """;

    [Fact]
    public async Task They_are_those_that_run_nowhere_and_have_no_consumers()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Run("$null = New-OdcAsset Orphan -Type WebApplication").ThrowOnError();
        var expected = lab.Run(OneByOne).All<string>();
        lab.Forget();
        var unused = lab.Run("Get-OdcAsset -Unused -Verbose");
        Assert.Equal(expected, unused.All<OdcAsset>().Select(a => a.Name));
        Assert.Contains("Orphan", expected);
        Assert.DoesNotContain(unused.All<OdcAsset>(), a => a.Name is "Blank App" or "Dashboard Screens" or "OutSystems UI" or "Money Formats" or "Camera Kit" or "Legacy Crypto" or "Policy Model" or "Order Desk");
        // Three lists; then one request for each candidate that is used, and one for each stage for one that is not.
        var candidates = lab.Tenant.Delivery.Assets.Count(a => lab.Tenant.Stages.All(s => lab.Tenant.Delivery.DeployedRevision(a.Key, s.Key) is null)) - 3;
        Assert.InRange(lab.Sent.Count, 3 + candidates, 3 + candidates + (expected.Count * 2) + 2);
        Assert.Contains(unused.Verbose, v => v.Contains("requests for consumers were sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Filters_narrow_it_and_the_first_does_not_wait()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Run("1..5 | ForEach-Object { $null = New-OdcAsset \"Orphan $_\" -Type WebApplication }").ThrowOnError();
        lab.Forget();
        Assert.Equal(["Orphan 1"], lab.Run("Get-OdcAsset Orphan* -Unused | Select-Object -First 1").All<OdcAsset>().Select(a => a.Name));
        Assert.InRange(lab.Sent.Count, 1, 7);
        Assert.Equal(["Orphan 5", "Orphan 4"], lab.Run("Get-OdcAsset Orphan* -Unused -Descending -First 2").All<OdcAsset>().Select(a => a.Name));
        Assert.Empty(lab.Run("Get-OdcAsset 'Order Desk' -Unused").ThrowOnError().Output);
        Assert.Equal("OdcNotFound", lab.Run("Get-OdcAsset Nothing -Unused").ErrorId);
        Assert.Equal("OdcInvalidRequest", lab.Run("Get-OdcAsset -Unused -BuiltIn").ErrorId);
        Assert.True(lab.Run("Get-OdcAsset -Unused:$false").All<OdcAsset>().Count > 20);
    }

    [Fact]
    public async Task Without_View_stage_nothing_counts_as_unused()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Tenant.Clients["admin"].Permissions = [.. lab.Tenant.Clients["admin"].Permissions.Where(p => p != "Stage > View stage")];
        var result = lab.Run("Get-OdcAsset -Unused");
        Assert.Equal(("OdcAccessDenied", 0), (result.ErrorId, result.Output.Count));
        Assert.Contains("Stage > View stage", result.Error + result.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/portfolios/v2/deployed-assets")]
    [InlineData("/consumers")]
    [InlineData("/api/portfolios/v2/environments")]
    public async Task What_can_t_be_read_is_an_error_and_not_unused(string path)
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Run("$null = New-OdcAsset Orphan -Type WebApplication").ThrowOnError();
        lab.Run("Get-OdcConnection -Default | Disconnect-Odc; Connect-Odc -Tenant $tenant -Credential $credential").ThrowOnError();
        lab.Tenant.Faults = new FaultPlan(1, 1, Fault.WrongTypes) { Only = (_, asked) => asked.EndsWith(path, StringComparison.Ordinal) };
        var result = lab.Run("Get-OdcAsset -Unused");
        Assert.Equal(("OdcUnexpectedResponse", 0), (result.ErrorId, result.Output.Count));
    }

    [Fact]
    public async Task What_only_production_uses_is_used()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        var asset = lab.Run("$orphan = New-OdcAsset Orphan -Type WebApplication; (Get-OdcAsset Orphan).AssetKey").Single<string>();
        var consumers = $"/api/dependency-management/v1/assets/{asset}/consumers";
        Assert.Contains("Orphan", lab.Run("(Get-OdcAsset -Unused).Name").All<string>());
        // The plan looks at paths only: the last of the three requests is that of Production.
        var asked = 0;
        lab.Tenant.Faults = new FaultPlan(1, 1, Fault.Html503)
        {
            Only = (_, path) =>
            {
                if (path == consumers && Interlocked.Increment(ref asked) == 3)
                    lab.Tenant.Answer(consumers, new CannedAnswer(200, Body: $$"""{"results":[{"key":"{{Guid.NewGuid()}}","name":"Old App","type":"WebApplication","revision":1}]}"""));
                return false;
            },
        };
        Assert.DoesNotContain("Orphan", lab.Run("(Get-OdcAsset -Unused).Name").All<string>());
        Assert.Equal(3, asked);
    }
}
