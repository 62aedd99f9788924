using OdcPowerShell.Http;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Fuzz.Targets;

/// <summary>Lists whose pages say odd things of themselves: they end.</summary>
internal static class Lists
{
    private const int Most = 300;
    private const string Page = """{"results":[{"key":"11111111-1111-1111-1111-111111111111","name":"Ana","email":"ana@acme.example","status":"Active"}],"page":{"nextPageOffset":1,"totalResults":5}}""";

    internal static void Read(Mutator mutator)
    {
        var service = new FakeService(n => n > Most ? throw new InvalidOperationException("The list does not end.") : (200, "application/json", mutator.Next(4) == 0 ? mutator.Body(Page) : Next(n)));
        var list = new OffsetPages<OdcUser>(service.Connect(), IdentityApi.QueryUsers, new Query(), new ListWindow(PageSize: 1 + mutator.Next(3)));
        foreach (var page in list.PagesAsync(service, default).ToBlockingEnumerable())
            Shown.Read(page);
    }

    private static byte[] Next(int n) => System.Text.Encoding.UTF8.GetBytes(Page.Replace("\"nextPageOffset\":1", $"\"nextPageOffset\":{(n > 20 ? "null" : n + 1)}", StringComparison.Ordinal));
}
