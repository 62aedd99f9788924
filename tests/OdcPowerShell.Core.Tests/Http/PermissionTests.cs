namespace OdcPowerShell.Core.Tests.Http;

/// <summary>What a permission is called in help, in the error of a rejected request, and in the advice.</summary>
public sealed class PermissionTests
{
    private const string Portal = " in the ODC Portal (API clients, edit permissions): ";

    [Fact]
    public void One_permission() => Check("X > View", "X > View", "the API client lacks a permission: X > View", $"Grant the API client this permission{Portal}X > View.", "X > View");

    [Fact]
    public void One_of_several() => Check(
        Permission.OneOf("X > View or Y > View", "X > View", "Y > View"), "X > View or Y > View", "the API client lacks a permission: X > View or Y > View",
        $"Grant the API client this permission{Portal}X > View or Y > View.", "X > View or Y > View");

    [Fact]
    public void All_of_several_for_a_stage() => Check(
        Permission.AllInStage("X > View", "Y > View"), "X > View and Y > View", "the API client lacks a permission: X > View and Y > View",
        $"Grant the API client this permission for the stage{Portal}X > View and Y > View.", "X > View and Y > View");

    [Fact]
    public void One_for_a_stage() => Check(
        Permission.InStage("X > View"), "X > View", "the API client lacks a permission: X > View", $"Grant the API client this permission for the stage{Portal}X > View.", "X > View");

    [Fact]
    public void One_by_what_changes() => Check(
        Permission.ByCase(("", "X > Change"), ("the name", "X > Rename")), "X > Change; the name: X > Rename", "the API client lacks a permission: X > Change; the name: X > Rename",
        $"Grant the API client this permission{Portal}X > Change; the name: X > Rename.", "X > Change; the name: X > Rename");

    [Fact]
    public void Any_at_all() => Check(
        Permission.AnyAtAll, "any permission", "the API client lacks a permission: it has none",
        "The API client has no permission at all: grant it those that it needs (ODC Portal: API clients, edit permissions).", "any one permission");

    [Fact]
    public void Any_at_all_where_one_limits_the_rows() => Check(
        Permission.AnyAtAll.WithRows("X > View"), "X > View", "the API client lacks a permission: X > View", $"Grant the API client this permission{Portal}X > View.", "any one permission; X > View");

    [Fact]
    public void None_that_is_documented() => Check(
        Permission.NotStated, "a permission that the documentation does not name", "the API client lacks a permission",
        "Grant the API client the permission that the operation's documentation names (ODC Portal: API clients, edit permissions).", "not stated");

    [Fact]
    public void One_that_only_a_guide_names() => Check(
        Permission.InGuide("X > View"), "X > View", "the API client lacks a permission: the guides name X > View",
        "The documentation names no permission for it; grant the API client what its guides ask for (ODC Portal: API clients, edit permissions): X > View.", "not stated (guides: X > View)");

    [Fact]
    public void What_a_further_one_shows_is_named_beside_it()
    {
        var permission = Permission.InStage("X > View").WithMore("secrets need", "X > Secrets").WithRows("Y > View");
        Assert.Equal("X > View; secrets need X > Secrets; Y > View", permission.ToString());
        Assert.Equal((true, "Y > View", "X > View"), (permission.IsPerStage, permission.LimitsRows, permission.Required));
        Assert.Equal("Y > View", permission.PerStage().LimitsRows);
        Assert.Equal("Y > View", permission.WithMore("more needs", "Z > View").LimitsRows);
        Assert.Equal(["X > View"], permission.Names);
    }

    [Theory]
    [InlineData("X > View", "the API client lacks the permission X > View")]
    [InlineData("any permission", "the API client has no permission at all")]
    [InlineData("a permission that the documentation does not name", "the API client lacks a permission that the documentation does not name")]
    public void A_sentence_says_what_is_lacking(string required, string text) => Assert.Equal(text, Permission.Lacks(required));

    private static void Check(Permission permission, string required, string missing, string grant, string shown) =>
        Assert.Equal((required, missing, grant, shown), (permission.Required, permission.Missing, permission.Grant, permission.ToString()));
}
