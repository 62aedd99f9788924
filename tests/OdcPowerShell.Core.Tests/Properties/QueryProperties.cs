using FsCheck;
using FsCheck.Fluent;

namespace OdcPowerShell.Core.Tests.Properties;

/// <summary>Queries and paths of any text arrive as they were given.</summary>
public sealed class QueryProperties
{
    private static readonly Gen<string> Texts = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(t => t.Get)
        .Where(t => t.Length > 0 && t is not ("." or "..") && !t.Any(char.IsSurrogate));

    [Fact]
    public void A_query_reads_back_as_it_was_built() => Prop.ForAll(Texts.Two().ListOf(5).ToArbitrary(), pairs =>
    {
        var query = new Query();
        foreach (var (name, value) in pairs)
            query.Add(name, value);
        var uri = new Uri(new Uri("https://acme.example"), "/api/x" + query);
        var read = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Select(p => (Uri.UnescapeDataString(p[0]), Uri.UnescapeDataString(p[1])));
        return read.SequenceEqual(pairs) && uri.AbsolutePath == "/api/x" && uri.Host == "acme.example";
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_key_is_one_segment_whatever_it_holds() => Prop.ForAll(Texts.ToArbitrary(), key =>
    {
        var path = new Operation(HttpMethod.Get, "/api/x/{key}/y", "").Path(key);
        var uri = new Uri(new Uri("https://acme.example"), path);
        return uri.Segments.Length == 5 && Uri.UnescapeDataString(uri.Segments[3].TrimEnd('/')) == key && uri.Query.Length == 0 && uri.Fragment.Length == 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
