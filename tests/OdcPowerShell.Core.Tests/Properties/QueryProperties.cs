using FsCheck;
using FsCheck.Fluent;

namespace OdcPowerShell.Core.Tests.Properties;

/// <summary>Queries and paths of any text arrive as they were given.</summary>
public sealed class QueryProperties
{
#if NETFRAMEWORK
    // Mono's Uri loses one half of a surrogate pair.
    private const string Pair = "b";
#else
    private const string Pair = "\ud83d\ude00";
#endif
    private static readonly Uri Origin = new("https://acme.example/");

    /// <summary>Any text, and texts made of what means something in an address or a request.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(t => t.Get).Where(t => t.Length > 0 && !t.Any(char.IsSurrogate)),
        Gen.Elements("../", "..", ".", "/", "\\", "%2f", "%2e%2e", "%", "?", "#", "&", "=", "+", ";", ":", "@", "//", " ", "\r\n", "\0", "{key}", "\u00fc", "\u65e5", Pair, "a")
            .NonEmptyListOf().Select(string.Concat));

    private static readonly Gen<string> Keys = Texts.Where(t => t is not ("." or ".."));

    [Fact]
    public void A_query_reads_back_as_it_was_built() => Prop.ForAll(Texts.Two().ListOf(5).ToArbitrary(), pairs =>
    {
        var query = new Query();
        foreach (var (name, value) in pairs)
            query.Add(name, value);
        using var message = new ApiRequest(HttpMethod.Get, "/api/x", query).ToMessage(Origin);
        var uri = message.RequestUri!;
        var read = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Select(p => (Uri.UnescapeDataString(p[0]), Uri.UnescapeDataString(p[1])));
        return read.SequenceEqual(pairs) && uri.AbsolutePath == "/api/x" && uri.Host == "acme.example";
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_key_is_one_segment_whatever_it_holds() => Prop.ForAll(Keys.Two().ToArbitrary(), keys =>
    {
        var path = new Operation(HttpMethod.Get, "/api/x/{key}/y/{name}", "").Path(keys.Item1, keys.Item2);
        using var message = new ApiRequest(HttpMethod.Get, path).ToMessage(Origin);
        var uri = message.RequestUri!;
        var segments = uri.Segments.Select(s => Uri.UnescapeDataString(s.TrimEnd('/'))).ToArray();
        return IsAsGiven(uri, path) && segments.Length == 6
            && segments[3] == keys.Item1 && segments[4] == "y" && segments[5] == keys.Item2;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

#if NETFRAMEWORK
    // This runtime writes some escapes in another way, so only the shape is looked at.
    private static bool IsAsGiven(Uri uri, string path) => uri.Host == "acme.example" && uri.Query.Length == 0 && uri.Segments.Length == path.Split('/').Length;
#else
    private static bool IsAsGiven(Uri uri, string path) => uri.AbsoluteUri == "https://acme.example" + path;
#endif

    [Fact]
    public void A_raw_path_stays_on_the_tenant_or_is_refused() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        string path;
        try
        {
            path = RawPath.On(Origin, text);
        }
        catch (OdcException e) when (e.Cause == OdcErrorCause.InvalidRequest)
        {
            return true;
        }

        using var message = new ApiRequest(HttpMethod.Get, path).ToMessage(Origin);
        return message.RequestUri!.GetLeftPart(UriPartial.Authority) == "https://acme.example" && message.RequestUri.AbsoluteUri.All(c => c is > ' ' and < (char)127);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
