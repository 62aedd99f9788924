namespace OdcPowerShell.Emulator;

/// <summary>The path of an endpoint, with parameters in braces.</summary>
internal sealed class Template(string path)
{
    private static readonly IReadOnlyDictionary<string, string> s_none = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
    private readonly string[] _segments = Split(path);

    /// <summary>How many segments are no parameters: among templates that match, the one with most is meant.</summary>
    public int Literals { get; } = Split(path).Count(segment => segment[0] != '{');

    public static string[] Split(string path) => path.Trim('/').Split('/');

    /// <summary>The parameters of a path, in their order; null when it is another path.</summary>
    public IReadOnlyDictionary<string, string>? Match(string[] segments)
    {
        if (segments.Length != _segments.Length)
            return null;
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Length == 0 || (_segments[i][0] != '{' && !segments[i].Equals(_segments[i], StringComparison.OrdinalIgnoreCase)))
                return null;
        }

        return Literals == _segments.Length ? s_none : new OrderedDictionary<string, string>(
            _segments.Zip(segments).Where(pair => pair.First[0] == '{').Select(pair => KeyValuePair.Create(pair.First[1..^1], pair.Second)),
            StringComparer.Ordinal);
    }
}
