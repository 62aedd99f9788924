using System.Text.Json;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The samples are answers that the service could give.</summary>
public sealed class SampleBodyTests
{
    [Theory]
    [InlineData(Sample.Minimal)]
    [InlineData(Sample.Nulls)]
    [InlineData(Sample.Full)]
    public void A_sample_of_every_operation_is_valid_by_its_schema(Sample kind)
    {
        var all = Specification.Required().All.ToList();
        Assert.Equal(163, all.Count);
        Faults.None(from operation in all
                         where operation.Answer is not null
                         let json = SampleBody.Json(operation.Answer!, kind, withUnknown: false)
                         from error in RequestJudge.Validate(json, operation.Answer!)
                         select $"{operation.Name} {error.Path}: {error.Kind} in {json}");
    }

    [Fact]
    public void A_full_sample_has_distinct_values_and_unknown_members_at_every_level()
    {
        using var json = JsonDocument.Parse(SampleBody.Json(Specification.Required().Named("GET /api/identity/v1/users").Answer!, Sample.Full));
        var user = json.RootElement.GetProperty("results")[1];
        Assert.Equal("PendingRegistration", user.GetProperty("status").GetString());
        Assert.NotEqual(user.GetProperty("name").GetString(), json.RootElement.GetProperty("results")[0].GetProperty("name").GetString());
        var group = user.GetProperty("_embedded").GetProperty("applicationRoles")[1].GetProperty("assignedGroups")[1];
        foreach (var level in new[] { json.RootElement, user, user.GetProperty("access"), user.GetProperty("_embedded"), group })
            Assert.Equal(2, level.GetProperty("ofALaterVersionObject").GetProperty("list").GetArrayLength());
    }
}
