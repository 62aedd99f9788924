using System.Reflection;
using System.Text.RegularExpressions;
using OdcPowerShell.Http;
using OdcPowerShell.Resources;
using OdcPowerShell.Scripts;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>When a command calls an operation is data as far as parameters decide it, so that Get-OdcRequiredPermission can read scripts.</summary>
public sealed class ConditionTests(HelpFixture fixture) : IClassFixture<HelpFixture>
{
    public static TheoryData<Type> Cmdlets => [.. Module.CmdletTypes];

    public static TheoryData<string> Commands => [.. KnownCommand.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_condition_on_parameters_is_data(Type cmdlet) =>
        Faults.None(from called in cmdlet.GetCustomAttributes<ApiOperationAttribute>()
                    where called.When is { } text && Regex.IsMatch(text, @"(^|\s)-\w|^to look up", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                    select $"{cmdlet.CmdletName()}: When = \"{called.When}\" names a parameter or a look-up: use With, Without, LooksUp or Reads, as ApiOperationAttribute says");

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_parameters_are_those_of_the_command(Type cmdlet) =>
        Faults.None(from called in cmdlet.GetCustomAttributes<ApiOperationAttribute>()
                    from condition in new[] { called.With, called.Without, called.OneKey, called.NotOneKey, called.LooksUp, called.Reads, called.TagIn }.OfType<string>()
                    from name in CalledOperation.Named(condition)
                    where cmdlet.Parameters().All(p => p.Name != name)
                    select $"{cmdlet.CmdletName()} has no parameter -{name}: \"{condition}\"");

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_is_looked_up_or_read_is_a_parameter_for_objects(Type cmdlet) =>
        Faults.None(from called in cmdlet.GetCustomAttributes<ApiOperationAttribute>()
                    from condition in new[] { called.LooksUp, called.Reads }.OfType<string>()
                    from name in CalledOperation.Named(condition)
                    where cmdlet.Parameters().Single(p => p.Name == name).GetCustomAttributes().OfType<IResourceParameter>().FirstOrDefault() is null
                    select $"{cmdlet.CmdletName()} -{name} takes no objects");

    /// <summary>With all of its parameter sets, a command has the operations that its help names, and no other.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void All_sets_of_a_command_together_have_the_operations_of_its_help(string name)
    {
        var help = Regex.Matches(HelpTests.Text(fixture.Help(name), "alertSet"), @"(?<operation>(GET|POST|PATCH|PUT|DELETE) /api/\S+?)(:| \()", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["operation"].Value).Distinct().Order(StringComparer.Ordinal);
        var command = KnownCommand.Find(name)!;
        var read = command.Sets.SelectMany(set => new ScriptCall(command, [], [set], isOpen: true).Operations).Select(o => $"{o.Called.Operation.Method} {o.Called.Operation.Template}").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(help, read);
    }
}
