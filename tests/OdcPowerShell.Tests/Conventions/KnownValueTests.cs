using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.Binding;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>Values of closed lists go out as the specification writes them, whatever was typed; another value is warned of.</summary>
public sealed class KnownValueTests
{
    private static IEnumerable<(string Name, PropertyInfo Parameter, ValuesAttribute Known)> Lists =>
        from cmdlet in Module.CmdletTypes
        from parameter in cmdlet.Parameters()
        let known = parameter.GetCustomAttribute<ValuesAttribute>()
        where known is not null
        select ($"{cmdlet.CmdletName()} -{parameter.Name}", parameter, known);

    [Fact]
    public void Every_known_value_is_corrected_from_any_case() =>
        Faults.None(from list in Lists
                    from value in list.Known.Known
                    from typed in new[] { value.ToUpperInvariant(), value.ToLowerInvariant(), " " + value + " ", "-" + value.ToUpperInvariant() }
                    let sent = ValuesAttribute.Correct(list.Parameter, typed)
                    where sent != (typed[0] == '-' ? "-" : "") + value
                    select $"{list.Name} '{typed}' is sent as '{sent}'");

    /// <summary>A list of the specification that no completer has would go out as it was typed.</summary>
    [Fact]
    public void A_parameter_with_a_list_in_its_help_has_the_list() =>
        Faults.None(from cmdlet in Module.CmdletTypes
                    from parameter in cmdlet.Parameters()
                    where parameter.Name is "Status" or "Embed" or "Sort" or "BuildType" or "MembershipType" or "AssignmentSource" or "Scope" or "RevisionScope" or "ProducerType" or "TemplateType" or "Operation"
                    where parameter.PropertyType == typeof(string) || parameter.PropertyType == typeof(string[])
                    where parameter.GetCustomAttribute<ValuesAttribute>() is null
                    select $"{cmdlet.CmdletName()} -{parameter.Name}");

    /// <summary>What the specification lists for a parameter of the query or a member of the body is what the command knows.</summary>
    [Fact]
    public void Every_list_of_the_specification_is_known_in_its_casing() =>
        Faults.None(from cmdlet in Module.CmdletTypes
                    from operation in cmdlet.GetCustomAttributes<OdcPowerShell.Http.ApiOperationAttribute>().Where(a => !a.IsOptional).Select(a => a.Operation)
                    let specified = Specification.Required().Named($"{operation.Method} {operation.Template}")
                    from parameter in cmdlet.Parameters()
                    where parameter.PropertyType == typeof(string) || parameter.PropertyType == typeof(string[])
                    let values = Listed(specified, parameter)
                    where values.Count > 0
                    let known = parameter.GetCustomAttribute<ValuesAttribute>()?.Known ?? parameter.GetCustomAttribute<ValidateSetAttribute>()?.ValidValues.ToList() ?? []
                    from value in values
                    where !known.Contains(value, StringComparer.Ordinal)
                    select $"{cmdlet.CmdletName()} -{parameter.Name}: {value}");

    private static IReadOnlyList<string> Listed(SpecifiedOperation specified, PropertyInfo parameter)
    {
        var query = parameter.GetCustomAttribute<QueryParameterAttribute>()?.Name;
        var member = parameter.GetCustomAttribute<BodyParameterAttribute>()?.Name;
        var schema = query is not null ? specified.QueryParameters.FirstOrDefault(p => p.Name == query)?.ActualSchema
            : member is not null && specified.Body?.Content.Values.FirstOrDefault()?.Schema?.ActualSchema.ActualProperties.TryGetValue(member, out var property) == true ? property.ActualSchema : null;
        var item = schema?.Item?.ActualSchema ?? schema;
        return item is null ? [] : [.. item.Enumeration.Select(e => e?.ToString()).OfType<string>()];
    }

    [Theory]
    [InlineData("Get-OdcUser -Status active", "status=Active")]
    [InlineData("Get-OdcUser -Embed enduserroles", "embed=ApplicationRoles")]
    [InlineData("Get-OdcDeployment -Status running -Operation deploy", "operations=Deploy")]
    [InlineData("Get-OdcLibrary -RevisionScope latest", "revisions=Latest")]
    [InlineData("Get-OdcUser -First 1 | Get-OdcGroup -MembershipType assigned", "membershipType=Assigned")]
    public async Task The_request_has_the_specification_s_case(string line, string sent)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line + " -Verbose").ThrowOnError();
        Assert.Contains(result.Verbose, v => v.Contains(sent, StringComparison.Ordinal));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_value_that_is_not_known_is_warned_of_with_those_that_are()
    {
        await using var lab = await TenantLab.StartAsync();
        var warning = Assert.Single(lab.Run("Get-OdcUser -Status Actve").Warnings, w => w.Contains("Actve", StringComparison.Ordinal));
        Assert.Contains("Active, Inactive, Invited, PendingRegistration", warning, StringComparison.Ordinal);
    }
}
