using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OdcPowerShell.Binding;
using OdcPowerShell.Resources;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Identity;

/// <summary>What Tab offers for names of the tenant's objects.</summary>
public sealed class IdentityCompletionTests
{
    /// <summary>A line, what is offered for it, and the request that this costs.</summary>
    public static TheoryData<string, string[], string> Lines => new()
    {
        { "Get-OdcGroup Fl", ["'Fleet Driver Team'"], "/api/identity/v1/groups?nameContains=Fl&limit=50" },
        { "Remove-OdcGroup 'Order Desk C", ["'Order Desk Clerk Team'"], "/api/identity/v1/groups?nameContains=Order%20Desk%20C&limit=50" },
        { "Get-OdcEndUserRole em", ["Employee"], "/api/identity/v1/application-roles?nameContains=em&limit=50" },
        { "Grant-OdcEndUserRole -EndUserRole HR", ["'HR Officer'"], "/api/identity/v1/application-roles?nameContains=HR&limit=50" },
        { "Get-OdcOrganizationRole ", ["Administrator", "Developer", "Manager", "'Release Crew'", "Viewer"], "/api/identity/v1/organization-roles?limit=50" },
        { "Grant-OdcOrganizationRole -OrganizationRole rel", ["'Release Crew'"], "/api/identity/v1/organization-roles?nameContains=rel&limit=50" },
        { "New-OdcOrganizationRole Auditor -Permission 'View mem", ["'View members'"], "/api/identity/v1/permissions?nameContains=View%20mem&limit=50" },
        { "Get-OdcIdentityProvider e", ["'Entra ID'"], "/api/identity/v1/identity-providers?nameContains=e&limit=50" },
        { "New-OdcUser a@acme.example -IdentityProvider out", ["OutSystems"], "/api/identity/v1/identity-providers?nameContains=out&limit=50" },
        { "Get-OdcEndUserRole -Asset 'order d", ["'Order Desk'"], "/api/asset-repository/v1/assets?nameContains=order%20d&limit=50" },
        { "New-OdcGroup Clerks -Stage q", ["QA"], "/api/portfolios/v2/environments" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Names_that_start_with_what_is_typed_are_offered_for_one_request(string line, string[] offered, string request)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(offered, Offered(lab.Shell, line));
        Assert.Equal(request, Assert.Single(lab.Tenant.Statistics.Requests).PathAndQuery);
    }

    [Theory]
    [InlineData("Get-OdcEndUserRole -AssignmentSource ", "Direct, GroupAssigned, GroupMapped")]
    [InlineData("Get-OdcUser -MembershipType m", "Mapped")]
    [InlineData("Get-OdcOrganizationRole -Scope ", "Organization, Asset")]
    [InlineData("Get-OdcEndUserRole -Sort a", "assetKey")]
    public async Task Fixed_values_cost_no_request(string line, string offered)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(offered, string.Join(", ", Offered(lab.Shell, line)));
        Assert.Empty(lab.Tenant.Statistics.Requests);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task It_never_signs_in(string line, string[] offered, string request)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = new Shell();
        Assert.Empty(Offered(shell, line));
        lab["acme"].TokenLifetime = TimeSpan.FromSeconds(1);
        shell.Connect(lab["acme"]).ThrowOnError();
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        lab["acme"].Statistics.Clear();
        Assert.Empty(Offered(shell, line));
        Assert.Empty(lab["acme"].Statistics.Requests);
        Assert.Empty(lab["acme"].Statistics.TokenRequests);
        Assert.NotEmpty(offered);
        Assert.NotEmpty(request);
    }

    [Fact]
    public async Task A_refusal_offers_nothing()
    {
        await using var lab = await TenantLab.StartAsync(client: "auditor");
        Assert.Empty(Offered(lab.Shell, "Get-OdcGroup "));
        Assert.Single(lab.Tenant.Statistics.Requests);
    }

    /// <summary>A user is looked for by e-mail, which nobody wants listed.</summary>
    [Fact]
    public void Every_parameter_that_takes_a_name_has_a_completer() =>
        Faults.None(from cmdlet in Module.CmdletTypes
                    from parameter in cmdlet.Parameters()
                    let attributes = parameter.GetCustomAttributes(inherit: false)
                    let type = attributes.OfType<ReferenceAttribute>().FirstOrDefault()?.ResourceType
                    where type?.List is not null && type != ResourceTypes.User && !attributes.OfType<ArgumentCompleterAttribute>().Any()
                    select $"{cmdlet.CmdletName()} -{parameter.Name}: add [Names]");

    private static List<string> Offered(Shell shell, string line)
    {
        // Completion of arguments works on the thread of its runspace.
        Runspace.DefaultRunspace = shell.Runspace;
        using var completer = PowerShell.Create(shell.Runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, options: null, completer).CompletionMatches
            .Where(m => m.ResultType == CompletionResultType.ParameterValue).Select(m => m.CompletionText)];
    }
}
