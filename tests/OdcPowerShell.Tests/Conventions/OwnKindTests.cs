using System.Management.Automation;
using OdcPowerShell.Binding;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>A command that changes something takes objects of its own kind, and none that only refers to one.</summary>
public sealed class OwnKindTests
{
    private static readonly string[] ChangingVerbs = ["Remove", "Set", "Disable", "Enable", "Revoke", "Start", "Save", "Add", "Grant", "New", "Import", "Copy", "Update", "Undo"];

    /// <summary>What a parameter takes besides the types of its kind, each with the reason.</summary>
    private static readonly Dictionary<string, string[]> Besides = new()
    {
        // Rows that join a group and a user, or a role and a user, are of these commands' own kind.
        ["Add-OdcGroupUser -Group"] = ["OdcUserGroup"],
        ["Add-OdcGroupUser -User"] = ["OdcUserImportResult"],
        ["Remove-OdcGroupUser -Group"] = ["OdcUserGroup", "OdcGroupUser"],
        ["Remove-OdcGroupUser -User"] = ["OdcUserGroup"],
        ["Grant-OdcEndUserRole -User"] = ["OdcUserEndUserRole", "OdcUserImportResult"],
        ["Grant-OdcEndUserRole -Group"] = ["OdcUserGroup", "OdcEndUserRole"],
        ["Grant-OdcEndUserRole -EndUserRole"] = ["OdcUserEndUserRole", "OdcEndUserRoleUser"],
        ["Revoke-OdcEndUserRole -User"] = ["OdcUserEndUserRole"],
        ["Revoke-OdcEndUserRole -Group"] = ["OdcUserGroup", "OdcEndUserRole"],
        ["Revoke-OdcEndUserRole -EndUserRole"] = ["OdcUserEndUserRole", "OdcEndUserRoleUser"],
        ["Grant-OdcOrganizationRole -User"] = ["OdcUserOrganizationRole", "OdcUserImportResult"],
        ["Grant-OdcOrganizationRole -OrganizationRole"] = ["OdcUserOrganizationRole", "OdcOrganizationRoleUser"],
        ["Revoke-OdcOrganizationRole -User"] = ["OdcUserOrganizationRole"],
        ["Revoke-OdcOrganizationRole -OrganizationRole"] = ["OdcUserOrganizationRole", "OdcOrganizationRoleUser"],
        // What is available may be added.
        ["New-OdcBuiltInDomain -Prefix"] = ["OdcBuiltInDomainAvailability"],
        // Objects that stand for one revision of an asset, where a revision is meant.
        ["Set-OdcAssetRevision -Asset"] = ["OdcAssetRevision", "OdcCreatedRevision", "OdcCodeQualityResult"],
        ["Start-OdcBuild -Asset"] = ["OdcAssetRevision", "OdcCreatedRevision", "OdcDeployedRevision", "OdcBuild", "OdcCodeQualityResult"],
        ["Start-OdcPublication -Asset"] = ["OdcAssetRevision", "OdcCreatedRevision", "OdcDeployedRevision", "OdcPublication"],
        ["Start-OdcDeployment -Asset"] = ["OdcAssetRevision", "OdcCreatedRevision", "OdcDeployedRevision", "OdcBuild", "OdcDeployment", "OdcDeploymentAnalysis", "OdcCodeQualityResult"],
        ["Start-OdcCodeAnalysis -Asset"] = ["OdcAssetRevision", "OdcCreatedRevision", "OdcDeployedRevision", "OdcBuild", "OdcCodeAnalysis", "OdcCodeQualityMetric"],
        ["Start-OdcDeploymentAnalysis -Asset"] = ["OdcAssetRevision", "OdcCreatedRevision", "OdcDeployedRevision", "OdcBuild", "OdcDeployment", "OdcDeploymentAnalysis"],
        // What runs in a stage.
        ["Start-OdcUndeployment -Asset"] = ["OdcDeployedAsset", "OdcDeployedRevision"],
        ["Undo-OdcDeployment -Asset"] = ["OdcDeployment", "OdcDeployedAsset", "OdcDeployedRevision"],
        ["Start-OdcConfigurationApply -Asset"] = ["OdcDeployedAsset", "OdcDeployedRevision", "OdcAssetSetting", "OdcAssetConfiguration"],
        ["Set-OdcAssetConfiguration -Asset"] = ["OdcDeployedAsset", "OdcDeployedRevision", "OdcAssetConfiguration"],
        ["Copy-OdcAssetSetting -Asset"] = ["OdcDeployedAsset", "OdcDeployedRevision"],
        // A setting is one of an asset in a stage.
        ["Set-OdcAssetSetting -Asset"] = ["OdcDeployedAsset", "OdcDeployedRevision", "OdcAssetSetting"],
        ["Set-OdcAssetSetting -Stage"] = ["OdcAssetSetting"],
        ["Set-OdcStageSystemConfiguration -Stage"] = ["OdcConfigurationValue"],
        ["Start-OdcConfigurationApply -Stage"] = ["OdcAssetSetting", "OdcAssetConfiguration"],
        // A stage has one private gateway.
        ["Enable-OdcPrivateGateway -Stage"] = ["OdcPrivateGateway"],
        ["Disable-OdcPrivateGateway -Stage"] = ["OdcPrivateGateway"],
        ["Update-OdcPrivateGatewayToken -Stage"] = ["OdcPrivateGateway"],
        // What is packaged: a build of a revision, as it was tested, or a suggested version of it.
        ["Start-OdcMobileBuild -Asset"] = ["OdcMobileBuildValidation", "OdcMobileVersionSuggestion", "OdcBuild", "OdcAssetRevision", "OdcCreatedRevision", "OdcDeployedRevision"],
        ["Set-OdcAndroidConfiguration -Asset"] = ["OdcDeployedRevision", "OdcAndroidConfiguration"],
        ["Set-OdcAndroidConfiguration -Stage"] = ["OdcAndroidConfiguration"],
        ["Set-OdcIosConfiguration -Asset"] = ["OdcDeployedRevision", "OdcIosConfiguration"],
        ["Set-OdcIosConfiguration -Stage"] = ["OdcIosConfiguration"],
        ["Set-OdcMobileExtensibilitySetting -Asset"] = ["OdcDeployedRevision", "OdcMobileExtensibilitySetting"],
        ["Set-OdcMobileExtensibilitySetting -Stage"] = ["OdcMobileExtensibilitySetting"],
        // An analysis changes nothing.
        ["Start-OdcDeletionAnalysis -Asset"] = ["OdcLibrary", "OdcDeployedAsset", "OdcDeployedRevision", "OdcDeletionAnalysis"],
        ["Start-OdcExternalLibrarySourceDownload -Asset"] = ["OdcAssetRevision", "OdcCreatedRevision", "OdcExternalLibraryImport", "OdcExternalLibrarySourceDownload"],
        ["Start-OdcGeneratedCodePackage -Build"] = ["OdcGeneratedCodePackage"],
    };

    public static TheoryData<string> Changing => [.. Inputs.Select(i => i.Name)];

    private static IEnumerable<(string Name, Type Cmdlet, ReferenceAttribute Reference)> Inputs =>
        from input in PipedSamples.Inputs
        where ChangingVerbs.Contains(input.Cmdlet.Declaration().VerbName)
        select ($"{input.Cmdlet.CmdletName()} -{input.Parameter.Name}", input.Cmdlet, input.Reference);

    [Theory]
    [MemberData(nameof(Changing))]
    public void It_takes_its_own_kind_only(string parameter)
    {
        var reference = Inputs.Single(i => i.Name == parameter).Reference;
        Assert.False(reference.Follows, "Only a command that reads follows keys.");
        var info = reference.ResourceType;
        var taken = info.Types.Select(t => t.Name).Concat(Besides.GetValueOrDefault(parameter, [])).ToHashSet();
        Faults.None(from type in PipedSamples.Types
                    from form in new[] { "live", "CliXml", "job" }
                    let bound = PipedSamples.Bind(reference, PipedSamples.In(form, PipedSamples.Of(type)))
                    where taken.Contains(type.Name) != (bound == PipedSamples.KeyOf(info.KeyProperty))
                    select $"{form} {type.Name} | {parameter}: {bound}");
    }

    /// <summary>Of what Select-Object took out of another object, too: one column, or all.</summary>
    [Theory]
    [MemberData(nameof(Changing))]
    public void It_takes_no_key_that_was_selected_from_another_kind(string parameter)
    {
        var reference = Inputs.Single(i => i.Name == parameter).Reference;
        var info = reference.ResourceType;
        var taken = info.Types.Select(t => t.Name).Concat(Besides.GetValueOrDefault(parameter, [])).ToHashSet();
        Faults.None(from type in PipedSamples.Types
                    where !taken.Contains(type.Name)
                    from property in new[] { null, info.KeyProperty }
                    let bound = PipedSamples.Bind(reference, PipedSamples.Selected(PipedSamples.Of(type), property))
                    where Guid.TryParse(bound, out _)
                    select $"{type.Name} | Select-Object {property ?? "*"} | {parameter}: {bound}");
    }

    /// <summary>Nor the rows of a CSV file of another kind, whose columns show what they were written from. Fewer than five columns can be those of any table.</summary>
    [Theory]
    [MemberData(nameof(Changing))]
    public void It_takes_no_key_from_the_file_of_another_kind(string parameter)
    {
        var reference = Inputs.Single(i => i.Name == parameter).Reference;
        var info = reference.ResourceType;
        var taken = info.Types.Select(t => t.Name).Concat(Besides.GetValueOrDefault(parameter, [])).ToHashSet();
        Faults.None(from type in PipedSamples.Types
                    let row = PipedSamples.In("CSV", PipedSamples.Of(type))
                    where !taken.Contains(type.Name) && PSObject.AsPSObject(row).Properties.Count() >= 5
                    // A revision has the columns of an asset, and an asset those of a revision.
                    where !PipedObject.Of(row).Origins.Any(origin => taken.Contains(origin.Name))
                    let bound = PipedSamples.Bind(reference, row)
                    where Guid.TryParse(bound, out _)
                    select $"{type.Name} | Export-Csv; Import-Csv | {parameter}: {bound}");
    }

    [Theory]
    [MemberData(nameof(Changing))]
    public void It_says_what_is_wrong_with_another_kind(string parameter)
    {
        var reference = Inputs.Single(i => i.Name == parameter).Reference;
        var info = reference.ResourceType;
        Faults.None(from type in PipedSamples.Types
                    let bound = PipedSamples.Bind(reference, PipedSamples.Of(type))
                    where bound != "left" && !Guid.TryParse(bound, out _) && (!bound.Contains(info.Noun, StringComparison.Ordinal) || !bound.Contains(type.Name, StringComparison.Ordinal))
                    select $"{type.Name} | {parameter}: {bound}");
    }

    /// <summary>Bound by the name of a property, the key of an object of another kind would be taken after the object was refused.</summary>
    [Fact]
    public void No_input_of_a_command_that_takes_away_is_bound_by_the_name_of_a_property() =>
        Faults.None(from input in PipedSamples.Inputs
                    where input.Cmdlet.Declaration().VerbName is "Remove" or "Set" or "Disable" or "Enable" or "Revoke" or "Start"
                    from declared in input.Parameter.GetCustomAttributes(inherit: false).OfType<ParameterAttribute>()
                    where declared.ValueFromPipelineByPropertyName
                    select $"{input.Cmdlet.CmdletName()} -{input.Parameter.Name}");

    [Fact]
    public void The_table_has_what_is_declared_and_nothing_else() => Assert.Equal(
        Inputs.Where(i => i.Reference.Also.Length > 0).Select(i => $"{i.Name}: {string.Join(", ", i.Reference.Also.Select(t => t.Name))}").Order(StringComparer.Ordinal),
        Besides.Select(b => $"{b.Key}: {string.Join(", ", b.Value)}").Order(StringComparer.Ordinal));
}
