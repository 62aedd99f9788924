using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.Cmdlets.Identity;
using OdcPowerShell.Cmdlets.Portfolios;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The rows leave nothing out.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void Every_query_parameter_of_a_cmdlet_is_in_a_row()
    {
        var rows = Call.All.SelectMany(c => c.Parameters()).ToHashSet();
        var missing = from type in typeof(GetOdcUserCommand).Assembly.GetExportedTypes()
                      let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
                      where cmdlet is not null
                      from property in type.GetProperties()
                      where property.IsDefined(typeof(QueryParameterAttribute)) && !rows.Contains(($"{cmdlet.VerbName}-{cmdlet.NounName}", property.Name))
                      select $"{cmdlet.VerbName}-{cmdlet.NounName} -{property.Name}: add a row with it to Contract/{type.Namespace!.Split('.')[^1]}Calls.cs";
        Faults.None(missing);
    }

    [Fact]
    public void Every_operation_of_the_catalogue_is_in_a_row() =>
        Faults.None(OperationCatalogue.All.Select(o => $"{o.Method} {o.Template}").Except(Call.All.Select(c => c.Operation))
            .Select(o => $"{o}: add a row with it to its domain's table in Contract/"));

    /// <summary>An operation, the cmdlet that offers its filters, and the query parameters that the cmdlet offers in another way.</summary>
    public static TheoryData<string, Type, string[]> Filters => new()
    {
        { "GET /api/identity/v1/users", typeof(GetOdcUserCommand), ["limit", "offset", "sort", "environmentKey", "userKeys"] },
        { "GET /api/identity/v1/users/{key}", typeof(GetOdcUserCommand), [] },
        { "GET /api/portfolios/v2/environments", typeof(GetOdcStageCommand), [] },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_cmdlet_offers_every_filter_of_its_operation(string operation, Type cmdlet, string[] offeredOtherwise)
    {
        var specified = Specification.Required().Named(operation).QueryParameters.Select(p => p.Name).ToList();
        Assert.Subset(specified.ToHashSet(), offeredOtherwise.ToHashSet());
        var offered = cmdlet.GetProperties().Select(p => p.GetCustomAttribute<QueryParameterAttribute>()?.Name);
        Faults.None(specified.Except(offeredOtherwise).Except(offered).Select(name => $"{operation} has the filter '{name}': give {cmdlet.Name} a parameter with [QueryParameter(\"{name}\")]"));
    }

    [Fact]
    public void The_filters_of_every_list_are_looked_at()
    {
        var specification = Specification.Required();
        var filtered = OperationCatalogue.All.Select(o => $"{o.Method} {o.Template}").Where(o => specification.Named(o).QueryParameters.Any());
        Faults.None(filtered.Except(Filters.Select(f => f.Data.Item1)).Select(o => $"{o} has query parameters: add it to {nameof(Filters)}"));
    }
}
