using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Binding;

namespace OdcPowerShell.Fuzz.Targets;

/// <summary>Texts that users write: addresses, paths, names.</summary>
internal static class Texts
{
    private const string Key = "11111111-1111-1111-1111-111111111111";

    internal static void Tenant(Mutator mutator)
    {
        var tenant = TenantAddress.Parse(mutator.Text("https://acme.outsystems.dev/portal/users"));
        _ = (tenant.Host, tenant.Label, TenantAddress.Parse(tenant.Stored));
        if (tenant.Origin.Scheme != Uri.UriSchemeHttps && !tenant.Origin.IsLoopback)
            throw new InvalidOperationException($"{tenant.Origin} is not https.");
    }

    internal static void Paths(Mutator mutator)
    {
        var operation = mutator.Pick(OperationCatalogue.All.Where(o => o.Template.Contains('{', StringComparison.Ordinal)).ToList());
        var path = operation.Path([.. operation.Template.Split('/').Where(s => s.StartsWith('{')).Select(_ => mutator.Text(Key))]);
        var query = new Query().Add("name", mutator.Text("Ana")).AddEach("keys", [mutator.Text(Key), mutator.Text(Key)]).ToString();
        Stays(path, operation.Template.Count(c => c == '/'));
        Stays(new Uri(FakeService.Origin, path + query).AbsolutePath, operation.Template.Count(c => c == '/'));
        var raw = RawPath.On(FakeService.Origin, mutator.Text("/api/identity/v1/users?limit=1"));
        var uri = new Uri(FakeService.Origin.GetLeftPart(UriPartial.Authority) + RawPath.WithOffset(raw, mutator.Text("5")));
        if (uri.Host != FakeService.Origin.Host)
            throw new InvalidOperationException($"{raw} leads to {uri.Host}.");
    }

    internal static void Content(Mutator mutator)
    {
        var name = ContentName.Safe(mutator.Text("report.oml"));
        if (name.Length == 0 || name is "." or ".." || name.IndexOfAny(['/', '\\', '\0']) >= 0)
            throw new InvalidOperationException($"'{name}' is no name for a file.");
        ContentName.Of(mutator.Text(Key), 3, "-source", mutator.Text("https://storage.example/a/b.oml?sig=x"), ".oml");
        _ = new NamePattern(mutator.Text("Order*")).Fits(mutator.Text("Order Desk"));
        StorageAddress.TryParse(mutator.Text("https://storage.example/a?sig=b"))?.ToString();
    }

    private static void Stays(string path, int slashes)
    {
        if (path.Count(c => c == '/') != slashes || path.Contains('?', StringComparison.Ordinal) || path.Any(c => c is < '!' or > '~'))
            throw new InvalidOperationException($"{path} leaves its template.");
    }
}
