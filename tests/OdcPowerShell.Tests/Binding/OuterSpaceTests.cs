namespace OdcPowerShell.Tests.Binding;

/// <summary>Names can begin or end with spaces. Such a name means the object that has it, and only without one the object whose name is the same without the spaces.</summary>
public sealed class OuterSpaceTests
{
    [Theory]
    [InlineData("' lead'", " lead")]
    [InlineData("'lead'", "lead")]
    [InlineData("'lead '", "lead")]
    [InlineData("'  lead'", "lead")]
    public async Task The_name_as_it_was_typed_comes_first(string typed, string found)
    {
        await using var lab = await TenantLab.StartAsync(users: 0);
        lab.Run("$null = New-OdcGroup ' lead' -Stage Production; $null = New-OdcGroup 'lead' -Stage Production").ThrowOnError();
        lab.Run($"Remove-OdcGroup {typed} -Stage Production -Confirm:$false").ThrowOnError();
        Assert.Equal(found == "lead" ? " lead" : "lead", lab.Run("(Get-OdcGroup *lead -Stage Production).Name").Single<string>());
    }
}
