using System.Management.Automation;
using OdcPowerShell.Binding;
using OdcPowerShell.Resources;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Binding;

/// <summary>An object of one kind never passes for another: every command of the identity API that takes objects, with objects it does not take.</summary>
public sealed class WrongPipelineTests
{
    /// <summary>Objects, with the kinds that they name by a key or as a row.</summary>
    private static readonly Dictionary<string, ResourceType[]> Objects = new()
    {
        ["Get-OdcStage QA"] = [ResourceTypes.Stage],
        ["Get-OdcStage QA | ForEach-Object { [pscustomobject]@{ StageKey = $_.StageKey; Name = $_.Name; Key = $_.StageKey } }"] = [ResourceTypes.Stage],
        ["Get-OdcOrganization"] = [],
        ["Get-OdcUser -First 1"] = [ResourceTypes.User],
        ["Get-OdcGroup -First 1"] = [ResourceTypes.Group],
        ["(Get-OdcGroup | ForEach-Object ClaimMappings)[0]"] = [ResourceTypes.Group, ResourceTypes.ClaimMapping, ResourceTypes.IdentityProvider],
        ["Get-OdcEndUserRole -First 1"] = [ResourceTypes.EndUserRole, ResourceTypes.Asset],
        ["Get-OdcOrganizationRole -First 1"] = [ResourceTypes.OrganizationRole],
        ["Get-OdcPermission -First 1"] = [ResourceTypes.Permission],
        ["Get-OdcIdentityProvider 'Entra ID'"] = [ResourceTypes.IdentityProvider],
        ["17"] = [],
        ["$true"] = [],
        ["Get-Date"] = [],
        ["@{ UserKey = 'x' }"] = [],
    };

    /// <summary>Every way in which a command takes objects from the pipeline, with all else that it needs.</summary>
    private static readonly string[] Commands =
    [
        "Get-OdcUser", "Get-OdcGroup", "Get-OdcEndUserRole", "Get-OdcOrganizationRole", "Get-OdcPermission", "Get-OdcIdentityProvider", "Get-OdcUserImport", "Get-OdcUserAccess",
        "Set-OdcUser -Name X", "Enable-OdcUser", "Disable-OdcUser", "Disable-OdcUser -RevokeAccess", "Remove-OdcUser -Confirm:$false",
        "Set-OdcGroup -Name X", "Remove-OdcGroup -Confirm:$false", "New-OdcGroup -Stage QA", "New-OdcGroup",
        "Add-OdcGroupUser -User $user", "Add-OdcGroupUser -Group $group", "Remove-OdcGroupUser -User $user -Confirm:$false", "Remove-OdcGroupUser -Group $group -Confirm:$false",
        "Grant-OdcEndUserRole -EndUserRole $role", "Grant-OdcEndUserRole -User $user", "Grant-OdcEndUserRole -Group $group",
        "Revoke-OdcEndUserRole -EndUserRole $role", "Revoke-OdcEndUserRole -User $user", "Revoke-OdcEndUserRole -Group $group",
        "Grant-OdcOrganizationRole -OrganizationRole $organizationRole", "Grant-OdcOrganizationRole -User $user",
        "Revoke-OdcOrganizationRole -OrganizationRole $organizationRole", "Revoke-OdcOrganizationRole -User $user",
        "Set-OdcOrganizationRole -Name X", "Remove-OdcOrganizationRole -Confirm:$false", "Remove-OdcGroupClaimMapping -Group $group -Confirm:$false",
        "New-OdcUser", "Import-OdcUser -Wait",
    ];

    public static TheoryData<string> All => [.. Commands];

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_is_an_error_and_nothing_is_asked_or_changed(string command)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$user = (Get-OdcUser -First 1).UserKey; $group = (Get-OdcGroup -First 1).GroupKey; $role = (Get-OdcEndUserRole -First 1).EndUserRoleKey; $organizationRole = (Get-OdcOrganizationRole Viewer).OrganizationRoleKey").ThrowOnError();
        var taken = Taken(command);
        var wrong = Objects.Where(o => !o.Value.Intersect(taken).Any()).Select(o => o.Key).Except(RowsToo(command)).ToList();
        Assert.InRange(wrong.Count, 5, Objects.Count);
        Assert.All(wrong, made =>
        {
            Assert.NotEmpty(lab.Run($"$object = {made}; $object").ThrowOnError().Output);
            lab.Forget();
            var result = lab.Run($"$object | {command}");
            Assert.True(result.HasError, $"{made} | {command} is no error");
            Assert.True(result.Error.ToString().Length > 20, result.Error.ToString());
            Assert.All(result.Output, o => Assert.IsType<OdcPowerShell.Identity.OdcUserImportResult>(o.BaseObject));
            Assert.DoesNotContain(lab.Sent, s => s != "GET /api/portfolios/v2/environments");
        });
    }

    [Fact]
    public void Every_command_that_takes_objects_is_among_them() =>
        Faults.None(Module.CmdletTypes.Where(t => t.Namespace!.EndsWith(".Identity", StringComparison.Ordinal) && FromPipeline(t).Any())
            .Select(t => t.CmdletName()).Except(Commands.Select(c => c.Split(' ')[0])));

    // Any row with a name is one of a new group.
    private static IEnumerable<string> RowsToo(string command) => command == "New-OdcGroup -Stage QA" ? Objects.Keys.Where(k => k.Contains("[pscustomobject]", StringComparison.Ordinal)) : [];

    /// <summary>The kinds that a command takes from the pipeline with the parameters that the line leaves free.</summary>
    private static IEnumerable<ResourceType> Taken(string command)
    {
        // Groups and users can be made after the model of others.
        if (command.StartsWith("New-", StringComparison.Ordinal) || command.StartsWith("Import-", StringComparison.Ordinal))
            return [command.Contains("Group", StringComparison.Ordinal) ? ResourceTypes.Group : ResourceTypes.User];
        var cmdlet = Module.CmdletTypes.Single(t => t.CmdletName() == command.Split(' ')[0]);
        return FromPipeline(cmdlet).Where(p => !command.Contains($"-{p.Name} ", StringComparison.Ordinal)).Select(p => TypeOf(p)).OfType<ResourceType>();
    }

    private static IEnumerable<System.Reflection.PropertyInfo> FromPipeline(Type cmdlet) => cmdlet.Parameters().Where(p =>
        p.GetCustomAttributes(inherit: false).OfType<ParameterAttribute>().Any(a => a.ValueFromPipeline || a.ValueFromPipelineByPropertyName));

    private static ResourceType? TypeOf(System.Reflection.PropertyInfo parameter) => parameter.GetCustomAttributes(inherit: false).OfType<ReferenceAttribute>().FirstOrDefault()?.ResourceType;
}
