namespace OdcPowerShell.Live;

/// <summary>What a request of an operation is made of: the values of its path, its query and its body.</summary>
internal sealed record KeySet(params IReadOnlyList<string> Keys)
{
    internal Query? Query { get; init; }

    internal ApiBody? Body { get; init; }

    internal static KeySet None { get; } = new();

    /// <summary>The same with more in the query.</summary>
    internal KeySet With(params (string Name, string? Value)[] parameters)
    {
        var query = Query?.Copy() ?? new Query();
        foreach (var (name, value) in parameters)
            query.Add(name, value);
        return this with { Query = query };
    }

    /// <summary>The same with a JSON body.</summary>
    internal KeySet WithBody(object body) => this with { Body = new ApiBody(JsonSerializer.SerializeToUtf8Bytes(body)) };

    /// <summary>The same with another last key.</summary>
    internal KeySet WithLast(string key) => this with { Keys = [.. Keys.Take(Keys.Count - 1), key] };
}
