using System.Text;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The judge finds what is wrong with a form.</summary>
public sealed class FormJudgeTests
{
    private const string Assets = "/api/asset-repository/v1/assets";
    private const string Json = "Content-Disposition: form-data; name=\"creationRequest\"\r\nContent-Type: application/json\r\n\r\n";
    private const string File = "Content-Disposition: form-data; name=\"assetFile\"; filename=\"a.oml\"\r\nContent-Type: application/octet-stream\r\n\r\nbytes";

    [Fact]
    public void A_right_form_passes() => Faults.None(FaultsOf([Json + "{ \"tag\": \"1.0.0\" }", File]));

    [Theory]
    [InlineData(Json + "{ \"version\": 1 }", "body part creationRequest")]
    [InlineData(Json + "{ \"portfolioKey\": \"x\" }", "UuidExpected")]
    [InlineData("Content-Disposition: form-data; name=\"creationRequest\"\r\nContent-Type: text/plain\r\n\r\n{}", "its type is text/plain")]
    [InlineData("Content-Disposition: form-data; name=\"request\"\r\n\r\n{}", "body part request: unknown")]
    [InlineData("Content-Type: application/json\r\n\r\n{}", "body part : unknown")]
    [InlineData(File, "body part assetFile: sent 2 times")]
    public void A_wrong_part_is_found(string part, string fault) => Assert.Contains(fault, Assert.Single(FaultsOf([part, File])), StringComparison.Ordinal);

    [Theory]
    [InlineData("multipart/form-data", "without a boundary")]
    [InlineData("multipart/form-data; boundary=other", "body: ")]
    public void A_form_that_no_server_could_read_is_found(string type, string fault) => Assert.Contains(fault, Assert.Single(FaultsOf([File], type)), StringComparison.Ordinal);

    private static IReadOnlyList<string> FaultsOf(string[] parts, string type = "multipart/form-data; boundary=b")
    {
        var body = string.Concat(parts.Select(p => $"--b\r\n{p}\r\n")) + "--b--\r\n";
        var request = WireRequest.Parse("POST", Assets, type, Encoding.UTF8.GetBytes(body));
        return RequestJudge.Faults(request, Specification.Required().Find(request)!);
    }
}
