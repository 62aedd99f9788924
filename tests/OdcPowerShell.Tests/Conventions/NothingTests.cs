using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Binding;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>No parameter is dropped because its value is nothing: it would let through what it was meant to keep out.</summary>
public sealed class NothingTests(NothingTests.Tenant tenant) : IClassFixture<NothingTests.Tenant>
{
    private static readonly string[] Nothings =
        ["$null", "''", "'  '", "@()", "@($null)", "@('')", "([System.Management.Automation.Internal.AutomationNull]::Value)", "$unset"];

    /// <summary>Parameters of which nothing is a value, with the reason.</summary>
    private static readonly Dictionary<string, string> Meaningful = new()
    {
        ["Set-OdcUser -PhotoUrl"] = "takes the picture away",
        ["Set-OdcGroup -Description"] = "takes the description away",
        ["Set-OdcIpFilterGroup -Description"] = "takes the description away",
        ["Set-OdcIpFilterGroup -Rule"] = "takes all rules away with an empty list; $null is an error of its own",
        ["Set-OdcAssetRevision -ReleaseNote"] = "takes the release notes away",
        ["Set-OdcAssetRevision -CommitMessage"] = "takes the commit message away",
        ["Export-OdcReport -Finding"] = "is a check that found nothing; $null is a warning too, and a list of nothing an error of its own",
        ["Set-OdcAssetSetting -Value"] = "clears the setting; $null is an error of its own",
        ["Set-OdcStageSystemConfiguration -Value"] = "clears the value; $null is an error of its own",
        ["Set-OdcMobileExtensibilitySetting -Value"] = "clears the value; $null is an error of its own",
        ["Invoke-OdcRestMethod -Body"] = "sends no body, or an empty one",
        ["Connect-Odc -Tenant"] = "is an error of its own",
        ["Test-OdcConnection -Tenant"] = "is an error of its own",
    };

    public static TheoryData<string> Cmdlets => [.. Module.CmdletTypes.Where(t => !t.Namespace!.EndsWith(".Session", StringComparison.Ordinal)).Select(t => t.CmdletName())];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Nothing_is_an_error_and_nothing_is_asked_or_changed(string name)
    {
        var lab = tenant.Lab;
        var cmdlet = Module.CmdletTypes.Single(t => t.CmdletName() == name);
        var faults = new List<string>();
        foreach (var parameter in cmdlet.Parameters().Where(p => !Meaningful.ContainsKey($"{name} -{p.Name}")))
        {
            foreach (var nothing in Nothings.Where(n => !IsNone(parameter, n)))
            {
                var line = $"{name} -{parameter.Name}:{nothing} {Others(cmdlet, parameter)}";
                var result = lab.Run(line);
                if (!result.HasError || lab.Sent.Count > 0 || result.Output.Count > 0)
                    faults.Add($"{line}: {(result.HasError ? "an error" : "no error")}, sent {string.Join(", ", lab.Sent)}");
                lab.Forget();
            }
        }

        Faults.None(faults);
    }

    public static TheoryData<string> SessionCmdlets => [.. Module.CmdletTypes.Where(t => t.Namespace!.EndsWith(".Session", StringComparison.Ordinal)).Select(t => t.CmdletName())];

    /// <summary>Here an empty list and a list with nothing in it may also be refused as what is no text, address or date.</summary>
    [Theory]
    [MemberData(nameof(SessionCmdlets))]
    public async Task Of_the_session_s_commands_too(string name)
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Shell.Set("credential", Shell.Credential(lab.Tenant.Clients["admin"]));
        lab.Shell.Set("secure", Shell.Secure("no secret"));
        lab.Run(FakeVault.Install).ThrowOnError();
        lab.Forget();
        var cmdlet = Module.CmdletTypes.Single(t => t.CmdletName() == name);
        var faults = new List<string>();
        foreach (var parameter in cmdlet.Parameters().Where(p => !Meaningful.ContainsKey($"{name} -{p.Name}") && p.PropertyType != typeof(System.Management.Automation.PSCredential)))
        {
            foreach (var nothing in Nothings)
            {
                var line = $"{name} -{parameter.Name}:{nothing} {Others(cmdlet, parameter)}";
                var result = lab.Run(line);
                if (!result.HasError || lab.Tenant.Statistics.Requests.Count > 0 || result.Output.Count > 0)
                    faults.Add($"{line}: {(result.HasError ? "an error" : "no error")}, sent {lab.Tenant.Statistics.Requests.Count}");
                lab.Forget();
            }
        }

        Faults.None(faults);
        Assert.Single(lab.Run("Get-OdcConnection").ThrowOnError().Output);
    }

    [Fact]
    public void A_switch_that_is_nothing_is_refused() =>
        Faults.None(from cmdlet in Module.CmdletTypes
                    from parameter in cmdlet.Parameters()
                    where parameter.PropertyType == typeof(SwitchParameter) && !parameter.IsDefined(typeof(ValueRequiredAttribute)) && !parameter.IsDefined(typeof(YesNoAttribute))
                    select $"{cmdlet.CmdletName()} -{parameter.Name}");

    [Fact]
    public void What_may_be_nothing_says_so() => Assert.Equal(
        Meaningful.Keys.Order(StringComparer.Ordinal),
        (from cmdlet in Module.CmdletTypes
         from parameter in cmdlet.Parameters()
         where parameter.IsDefined(typeof(AllowsNothingAttribute))
         select $"{cmdlet.CmdletName()} -{parameter.Name}").Order(StringComparer.Ordinal));

    // A role may be left without permissions.
    private static bool IsNone(PropertyInfo parameter, string nothing) =>
        nothing == "@()" && parameter.GetCustomAttribute<ReferencesAttribute>() is { AllowsNone: true };

    /// <summary>What else the command needs with this parameter.</summary>
    private static string Others(Type cmdlet, PropertyInfo parameter)
    {
        var set = parameter.GetCustomAttributes<ParameterAttribute>().First().ParameterSetName;
        if (set == ParameterAttribute.AllParameterSets)
            set = cmdlet.Declaration().DefaultParameterSetName ?? set;
        var needed = cmdlet.Parameters().Where(p => p.Name != parameter.Name && p.GetCustomAttributes<ParameterAttribute>()
            .Any(a => a.Mandatory && (a.ParameterSetName == set || a.ParameterSetName == ParameterAttribute.AllParameterSets)));
        return string.Join(" ", needed.Select(p => $"-{p.Name}:{Value(p)}").Append(cmdlet.Declaration().SupportsShouldProcess ? "-Confirm:$false" : ""));
    }

    private static string Value(PropertyInfo parameter) => parameter.PropertyType switch
    {
        var type when type == typeof(SwitchParameter) => "$true",
        var type when type == typeof(int) || type == typeof(int[]) => "1",
        var type when type == typeof(OdcUpload) => "$upload",
        var type when type == typeof(OdcResource[]) => "$upload",
        var type when type == typeof(System.Management.Automation.PSCredential) => "$credential",
        var type when type == typeof(System.Security.SecureString) => "$secure",
        var type when type == typeof(ScriptBlock) => "{ $credential }",
        var type when type == typeof(object[]) => "@{ StageKey = '0f8fad5b-d9cb-469f-a165-70867728950e'; Name = 'x' }",
        var type when type == typeof(ObjectReference) || type == typeof(ObjectReference[]) => "'0f8fad5b-d9cb-469f-a165-70867728950e'",
        _ => "'x'",
    };

    /// <summary>One tenant for all commands, which ask and change nothing there.</summary>
    public sealed class Tenant : IAsyncLifetime
    {
        internal TenantLab Lab { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Lab = await TenantLab.StartAsync(users: 1);
            Lab.Shell.Set("upload", new OdcUpload());
            Lab.Forget();
        }

        public ValueTask DisposeAsync() => Lab.DisposeAsync();
    }
}
