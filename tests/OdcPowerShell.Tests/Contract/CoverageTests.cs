using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.Cmdlets.Identity;
using OdcPowerShell.Http;
using OdcPowerShell.Binding;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The rows leave nothing out.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void Every_parameter_of_a_cmdlet_that_is_sent_is_in_a_row()
    {
        var rows = Call.All.SelectMany(c => c.Parameters()).ToHashSet();
        var missing = from type in typeof(GetOdcUserCommand).Assembly.GetExportedTypes()
                      let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
                      where cmdlet is not null
                      from property in type.GetProperties()
                      where (property.IsDefined(typeof(QueryParameterAttribute)) || property.IsDefined(typeof(BodyParameterAttribute))) && !rows.Contains(($"{cmdlet.VerbName}-{cmdlet.NounName}", property.Name))
                      select $"{cmdlet.VerbName}-{cmdlet.NounName} -{property.Name}: add a row with it to Contract/{type.Namespace!.Split('.')[^1]}";
        Faults.None(missing);
    }

    [Fact]
    public void Every_operation_of_the_catalogue_is_in_a_row() =>
        Faults.None(OperationCatalogue.All.Select(o => $"{o.Method} {o.Template}").Except(Call.All.SelectMany(c => c.Sent))
            .Select(o => $"{o}: add a row with it to Contract/<Domain>Calls.cs"));
}
