using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tests.Portfolios;

/// <summary>Names and order of stages.</summary>
public sealed class SetOdcStageTests
{
    private const string All = "PATCH /api/portfolios/v2/environments";

    [Fact]
    public async Task A_renamed_stage_is_found_by_its_new_name_at_once()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("Set-OdcStage QA -Name Acceptance -WhatIf").ThrowOnError();
        Assert.DoesNotContain(lab["acme"].Statistics.Requests, r => r.Method == "PATCH");
        Assert.Equal("Acceptance", shell.Run("Set-OdcStage QA -Name Acceptance -PassThru").Single<OdcStage>().Name);
        Assert.Empty(shell.Run("Get-OdcStage Acceptance | Set-OdcStage -Order 42").ThrowOnError().Output);
        Assert.Equal(("Acceptance", 42), lab["acme"].Delivery.Stages.Where(s => s.Name == "Acceptance").Select(s => (s.Name, s.Order)).Single());
        shell.Run("Set-OdcStage QA -Order 1").Error.MustBe("OdcNotFound");
        shell.Catch("Set-OdcStage Acceptance").MustBe("OdcInvalidRequest");
    }

    [Fact]
    public async Task Several_stages_are_changed_in_one_request()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var changed = shell.Run("""
            $rows = Get-OdcStage Development, Production, QA | ForEach-Object { $i = 0 } { [pscustomobject]@{ StageKey = $_.StageKey; Order = ++$i * 10; Region = 'not sent' } }
            Set-OdcStage -Update $rows -PassThru
            """).All<OdcStage>();
        Assert.Equal(["Development 10", "QA 20", "Production 30"], changed.OrderBy(s => s.Order).Select(s => $"{s.Name} {s.Order}"));
        Assert.Single(lab["acme"].Statistics.Requests[All]);
        shell.Run("Set-OdcStage -Update @{ StageKey = 'qa'; Name = 'Test' }, @{ Stage = 'Production'; Order = '99' }").ThrowOnError();
        Assert.Equal(["Development 10", "Test 20", "Production 99"], lab["acme"].Delivery.Stages.Select(s => $"{s.Name} {s.Order}"));
    }

    [Theory]
    [InlineData("@{ Order = 1 }", "names no stage")]
    [InlineData("@{ StageKey = 'QA' }", "changes nothing")]
    [InlineData("@{ StageKey = 'QA'; Nmae = 'Test' }", "has no 'Nmae'")]
    [InlineData("@{ StageKey = 'QA'; Order = -1 }", "'-1' is not the place")]
    [InlineData("@{ StageKey = 'QA'; Order = 'first' }", "'first' is not the place")]
    [InlineData("17", "names no stage")]
    public async Task An_update_that_is_not_understood_changes_nothing(string update, string message)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var error = shell.Catch($"Set-OdcStage -Update @{{ StageKey = 'Production'; Order = 7 }}, {update}").MustBe("OdcInvalidRequest");
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab["acme"].Statistics.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public async Task All_updates_are_made_or_none()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var before = lab["acme"].Delivery.Stages.Select(s => (s.Name, s.Order)).ToList();
        shell.Catch("Set-OdcStage -Update @{ StageKey = 'QA'; Order = 70 }, @{ StageKey = 'Staging'; Order = 80 }").MustBe("OdcNotFound");
        Assert.Single(shell.Run("Set-OdcStage -Update @{ StageKey = 'QA'; Order = 70 }, @{ StageKey = '11111111-1111-1111-1111-111111111111'; Order = 80 }").Errors).MustBe("OdcNotFound");
        Assert.Equal(before, lab["acme"].Delivery.Stages.Select(s => (s.Name, s.Order)));
    }
}
