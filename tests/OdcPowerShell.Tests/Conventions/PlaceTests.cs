using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.Binding;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>A stage that the user specifies is that of the objects too: an object or a key of another stage is an error, and is not changed.</summary>
public sealed class PlaceTests
{
    /// <summary>Commands whose -Stage does not say where the objects are, with the reason.</summary>
    private static readonly Dictionary<string, string> Other = new()
    {
        ["Get-OdcEndUserRole -EndUserRole"] = "of the roles of a user, those are listed that fit both",
        ["Get-OdcEndUserRole -Group"] = "of the roles of a user, those are listed that fit both",
        ["Import-OdcUser -Group"] = "is checked for each row, see ImportAccessTests",
        ["Import-OdcUser -Role"] = "is checked for each row, see ImportAccessTests",
    };

    public static TheoryData<string, string> Parameters => [.. from cmdlet in Module.CmdletTypes
                                                               where cmdlet.Parameters().Any(p => p.Name == "Stage")
                                                               from parameter in cmdlet.Parameters()
                                                               where parameter.GetCustomAttributes().OfType<ReferenceAttribute>().FirstOrDefault()?.ResourceType.Place is not null
                                                               where !Other.ContainsKey($"{cmdlet.CmdletName()} -{parameter.Name}") && Sets(cmdlet, parameter).Count > 0
                                                               select new TheoryDataRow<string, string>(cmdlet.CmdletName(), parameter.Name)];

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task A_key_of_another_stage_is_an_error(string name, string parameter) => await IsRefusedAsync(name, parameter, isKey: true);

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task An_object_of_another_stage_is_an_error(string name, string parameter) => await IsRefusedAsync(name, parameter, isKey: false);

    [Fact]
    public void The_other_commands_are_those_of_the_module() => Assert.All(Other.Keys, key => Assert.Contains(Module.CmdletTypes, t => t.CmdletName() == key.Split(' ')[0] && t.GetProperty(key.Split('-')[2]) is not null));

    [Fact]
    public void The_commands_that_change_groups_are_among_them() => Assert.Superset(
        new HashSet<string> { "Add-OdcGroupUser", "Remove-OdcGroupUser", "Set-OdcGroup", "Remove-OdcGroup", "Grant-OdcEndUserRole", "Revoke-OdcEndUserRole", "New-OdcGroup" },
        Parameters.Select(row => row.Data.Item1).ToHashSet());

    private static async Task IsRefusedAsync(string name, string parameter, bool isKey)
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        var cmdlet = Module.CmdletTypes.Single(t => t.CmdletName() == name);
        var property = cmdlet.GetProperty(parameter)!;
        var isGroup = property.GetCustomAttributes().OfType<ReferenceAttribute>().First().ResourceType.Type == typeof(OdcGroup);
        lab.Run(isGroup ? "$there = Get-OdcGroup -Stage Production -First 1" : "$there = Get-OdcEndUserRole -Stage Production -First 1").ThrowOnError();
        var value = isKey ? isGroup ? "$there.GroupKey" : "$there.EndUserRoleKey" : "$there";
        lab.Forget();
        foreach (var set in Sets(cmdlet, property))
        {
            var line = $"{name} -{parameter} ({value}) -Stage QA {Others(cmdlet, property, set)}";
            var result = lab.Run(line);
            Assert.True(result.HasError, line);
            Assert.Contains("of the stage Production, and not of QA", result.Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
            Assert.Empty(lab.Changes);
            Assert.Empty(result.Output);
        }
    }

    /// <summary>The sets with both parameters.</summary>
    private static IReadOnlyList<string> Sets(Type cmdlet, PropertyInfo parameter)
    {
        var stage = SetsOf(cmdlet.GetProperty("Stage")!);
        var own = SetsOf(parameter);
        if (stage.Contains(ParameterAttribute.AllParameterSets) && own.Contains(ParameterAttribute.AllParameterSets))
            return [cmdlet.Declaration().DefaultParameterSetName ?? ParameterAttribute.AllParameterSets];
        return stage.Contains(ParameterAttribute.AllParameterSets) ? [.. own] : own.Contains(ParameterAttribute.AllParameterSets) ? [.. stage] : [.. own.Intersect(stage)];
    }

    private static IReadOnlyList<string> SetsOf(PropertyInfo parameter) => [.. parameter.GetCustomAttributes<ParameterAttribute>().Select(p => p.ParameterSetName)];

    private static string Others(Type cmdlet, PropertyInfo parameter, string set)
    {
        var needed = cmdlet.Parameters().Where(p => p.Name != parameter.Name && p.Name != "Stage" && p.GetCustomAttributes<ParameterAttribute>()
            .Any(a => a.Mandatory && (a.ParameterSetName == set || set == ParameterAttribute.AllParameterSets || a.ParameterSetName == ParameterAttribute.AllParameterSets)));
        var values = needed.Select(p => $"-{p.Name} {(p.PropertyType == typeof(SwitchParameter) ? "" : p.Name == "User" ? "(Get-OdcUser -First 1)" : p.Name == "EndUserRole" ? "(Get-OdcEndUserRole -Stage QA -First 1)" : p.Name == "Group" ? "(Get-OdcGroup -Stage QA -First 1)" : "'x'")}");
        return string.Join(" ", values.Append(cmdlet.Name == "SetOdcGroupCommand" ? "-Description x" : "").Append(cmdlet.Declaration().SupportsShouldProcess ? "-Confirm:$false" : ""));
    }
}
