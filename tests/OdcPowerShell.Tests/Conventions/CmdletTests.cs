using System.Management.Automation;
using System.Reflection;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>How a cmdlet is named, placed and declared.</summary>
public sealed class CmdletTests
{
    /// <summary>Cmdlets that write nothing, besides those of the verbs below.</summary>
    private static readonly string[] Silent = ["Disconnect-Odc"];

    /// <summary>Verbs of cmdlets that write nothing unless they have -PassThru.</summary>
    private static readonly string[] SilentVerbs = ["Add", "Grant", "Remove", "Revoke"];

    /// <summary>Verbs that change something, in the service or in a vault. Connect and Select change this session only.</summary>
    private static readonly string[] ChangingVerbs =
        ["Add", "Clear", "Disable", "Enable", "Grant", "Import", "Invoke", "New", "Publish", "Register", "Remove", "Rename", "Reset", "Revoke", "Set", "Start", "Stop", "Update"];

    /// <summary>Cmdlets with such a verb that make an object on this machine and send nothing.</summary>
    private static readonly string[] Builders = ["New-OdcIpFilterRule"];

    /// <summary>Removals that are not confirmed, with the reason.</summary>
    private static readonly Dictionary<string, string> Harmless = new()
    {
        ["Remove-OdcExternalLibraryGeneration"] = "removes the record of a generation, and no library",
    };

    /// <summary>The domains of the API and the session's own.</summary>
    private static readonly string[] Domains =
    [
        "AssetConfigurations", "AssetRepository", "Builds", "CodeQuality", "DependencyManagement", "Deployments", "EnvironmentConfigurations",
        "ExternalLibraries", "Identity", "MobileBuilds", "Organization", "Portfolios", "Session", "Subscription", "Tenants",
    ];

    public static TheoryData<Type> All => [.. Module.CmdletTypes];

    [Theory]
    [MemberData(nameof(All))]
    public void Class_and_file_are_named_like_the_cmdlet(Type cmdlet)
    {
        var name = cmdlet.CmdletName().Replace("-", "", StringComparison.Ordinal) + "Command";
        Assert.Equal(name, cmdlet.Name);
        var domain = cmdlet.Namespace!["OdcPowerShell.Cmdlets.".Length..];
        Assert.Contains(domain, Domains);
        Assert.True(File.Exists(Path.Combine(Module.SourceFolder, "OdcPowerShell", "Cmdlets", domain, name + ".cs")), $"{cmdlet.CmdletName()} belongs in src/OdcPowerShell/Cmdlets/{domain}/{name}.cs");
    }

    /// <summary>GetOdcUserCommand.cs declares Get-OdcUser, and no other file does; what commands share stands beside them, without a verb in its name.</summary>
    [Fact]
    public void A_file_has_one_cmdlet()
    {
        var counts = Module.Sources("OdcPowerShell").ToDictionary(f => f, f => Module.Code(f).Count(l => l.Text.StartsWith("[Cmdlet(", StringComparison.Ordinal)));
        Faults.None(counts.Where(c => c.Value != (IsOfCmdlet(c.Key) ? 1 : 0)).Select(c => $"src/{c.Key} declares {c.Value} cmdlets: each has one file with its name in Cmdlets/<Domain>"));
    }

    private static bool IsOfCmdlet(string file) =>
        file.Contains("/Cmdlets/", StringComparison.Ordinal) && Module.CmdletTypes.Any(t => file.EndsWith($"/{t.Name}.cs", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_a_sealed_leaf(Type cmdlet) => Assert.True(cmdlet is { IsSealed: true, IsPublic: true }, $"{cmdlet.Name}: public sealed");

    [Theory]
    [MemberData(nameof(All))]
    public void Its_verb_is_approved_and_its_noun_is_of_the_module(Type cmdlet)
    {
        var approved = typeof(Cmdlet).Assembly.GetExportedTypes().Where(t => t.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields()).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
        Assert.Contains(cmdlet.Declaration().VerbName, approved);
        Assert.StartsWith("Odc", cmdlet.Declaration().NounName, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_says_what_it_writes(Type cmdlet) =>
        Assert.True(cmdlet.IsDefined(typeof(OutputTypeAttribute)) != IsSilent(cmdlet),
            $"{cmdlet.Name}: declare [OutputType]; a cmdlet that writes nothing has none: it has one of the {nameof(SilentVerbs)} and no -PassThru, or is listed in {nameof(CmdletTests)}.{nameof(Silent)}");

    private static bool IsSilent(Type cmdlet) =>
        Silent.Contains(cmdlet.CmdletName()) || (SilentVerbs.Contains(cmdlet.Declaration().VerbName) && cmdlet.GetProperty("PassThru") is null);

    [Theory]
    [MemberData(nameof(All))]
    public void A_change_can_be_tried_and_a_removal_is_confirmed(Type cmdlet)
    {
        var declared = cmdlet.Declaration();
        Assert.True(declared.SupportsShouldProcess != Builders.Contains(cmdlet.CmdletName()) || !ChangingVerbs.Contains(declared.VerbName), $"{cmdlet.Name} changes something: SupportsShouldProcess = true");
        Assert.True(declared.ConfirmImpact == ConfirmImpact.High || declared.VerbName != VerbsCommon.Remove || Harmless.ContainsKey(cmdlet.CmdletName()), $"{cmdlet.Name} removes something: ConfirmImpact = ConfirmImpact.High");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_parameter_is_a_bare_key(Type cmdlet) =>
        Faults.None(from parameter in cmdlet.Parameters()
                         from name in (parameter.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Append(parameter.Name)
                         where string.Equals(name, "Key", StringComparison.OrdinalIgnoreCase)
                         select $"{cmdlet.CmdletName()} -{parameter.Name}: 'Key' binds the key of any object; name it after its type (UserKey)");
}
