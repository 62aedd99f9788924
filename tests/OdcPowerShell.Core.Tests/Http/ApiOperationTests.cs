using OdcPowerShell.Organization;

namespace OdcPowerShell.Core.Tests.Http;

/// <summary>When a command calls an operation, as data and as help says it.</summary>
public sealed class ApiOperationTests
{
    [Fact]
    public void It_has_the_operation_of_a_field() =>
        Assert.Same(OrganizationApi.GetOrganization, Of().Operation);

    [Fact]
    public void Without_a_condition_it_is_always_called()
    {
        Assert.Null(Of().Text);
        Assert.False(Of().IsForOneValue);
        Assert.False(Of().IsLookUp);
    }

    [Theory]
    [InlineData("Wait", "with -Wait")]
    [InlineData("ApiVersion V1", "with -ApiVersion V1")]
    [InlineData("Stage and PassThru", "with -Stage and -PassThru")]
    [InlineData("A or B", "with -A or -B")]
    [InlineData("A, B, C V", "with -A, -B or -C V")]
    [InlineData("A, B and C", "with -A or -B and -C")]
    public void The_parameters_are_named(string condition, string text) => Assert.Equal(text, new ApiOperationAttribute(typeof(OrganizationApi), "GetOrganization") { With = condition }.Text);

    [Fact]
    public void All_conditions_are_named_in_one_order() => Assert.Equal(
        "with -A, without -B, for one key in -C, without a single key in -D, to look up the name in -E, to read what is in -F, for a tag in -G, for a build that failed",
        new ApiOperationAttribute(typeof(OrganizationApi), "GetOrganization") { When = "for a build that failed", TagIn = "G", Reads = "F", LooksUp = "E", NotOneKey = "D", OneKey = "C", Without = "B", With = "A" }.Text);

    [Theory]
    [InlineData(null, false)]
    [InlineData("A", false)]
    [InlineData("A V", true)]
    [InlineData("A V, B W", true)]
    [InlineData("A V, B", false)]
    [InlineData("A V and B", true)]
    [InlineData("A and B", false)]
    public void One_value_decides_where_each_choice_has_one(string? condition, bool isForOne) =>
        Assert.Equal(isForOne, new ApiOperationAttribute(typeof(OrganizationApi), "GetOrganization") { With = condition }.IsForOneValue);

    [Fact]
    public void Names_objects_and_tags_are_looked_up()
    {
        Assert.True(new ApiOperationAttribute(typeof(OrganizationApi), "GetOrganization") { LooksUp = "A" }.IsLookUp);
        Assert.True(new ApiOperationAttribute(typeof(OrganizationApi), "GetOrganization") { Reads = "A" }.IsLookUp);
        Assert.True(new ApiOperationAttribute(typeof(OrganizationApi), "GetOrganization") { TagIn = "A" }.IsLookUp);
        Assert.False(new ApiOperationAttribute(typeof(OrganizationApi), "GetOrganization") { With = "A", Without = "B", OneKey = "C", NotOneKey = "D", When = "e" }.IsLookUp);
    }

    private static ApiOperationAttribute Of() => new(typeof(OrganizationApi), "GetOrganization");
}
