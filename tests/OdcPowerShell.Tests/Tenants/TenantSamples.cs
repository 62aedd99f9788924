using System.Text.Json.Nodes;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>A folder for one test.</summary>
internal sealed class TestFolder : IDisposable
{
    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "odc-" + Guid.NewGuid().ToString("N"));

    internal string this[string file] => System.IO.Path.Combine(Path, file.Replace('/', System.IO.Path.DirectorySeparatorChar));

    /// <summary>All files by their paths, with their bytes as text.</summary>
    internal IReadOnlyDictionary<string, string> Files => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .ToDictionary(f => System.IO.Path.GetRelativePath(Path, f).Replace('\\', '/'), f => Convert.ToHexString(File.ReadAllBytes(f)), StringComparer.Ordinal);

    internal void Edit(string file, Func<string, string> edit) => File.WriteAllText(this[file], edit(File.ReadAllText(this[file])));

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}

/// <summary>Documents of any kind, made from a seed.</summary>
internal sealed class RandomTenant(int seed)
{
    private const string Letters = "aZ09 .-_/\\:*?\"<>|äßİıﬁ中é\u0301\u202e\t\n{}[]'`$%~#";
    private readonly Random _random = new(seed);

    internal TenantContent Content()
    {
        var stages = Enumerable.Range(0, 3).Select(_ => Text()).Distinct(StringComparer.Ordinal).ToList();
        var documents = from kind in TenantKinds.All
                        from stage in kind.IsPerStage ? stages.Concat(kind.IsOfOrganizationToo ? new string?[] { null } : []) : [null]
                        from number in Enumerable.Range(0, kind.IsSingle ? 1 : 4)
                        select Document(kind, stage);
        return new TenantContent(TenantContent.Sorted(documents.GroupBy(d => d.Identity).Select(same => same.First())), [new UnreadPart(TenantKinds.Domain, stages[0], null, "the API client lacks it")])
        {
            Scope = new TenantScope(TenantKinds.All, stages, WithUsers: true),
        };
    }

    internal TenantDocument Document(TenantKind kind, string? stage)
    {
        var content = Object(kind.Shape);
        if (kind == TenantKinds.Stage)
            content["name"] = stage;
        return new TenantDocument(kind, stage, kind == TenantKinds.Stage ? stage! : kind.IsSingle ? kind.Noun : (string)content[kind.NameProperty]!, content);
    }

    private JsonObject Object(TenantShape shape)
    {
        var content = new JsonObject();
        foreach (var property in shape.Properties.Where(p => p.IsRequired || _random.Next(4) > 0))
            Add(content, property);
        return content;
    }

    private void Add(JsonObject content, TenantProperty property)
    {
        switch (property.Type)
        {
            case TenantValue.Text: content.With(property.Name, property.Values is { } values ? values[_random.Next(values.Count)] : property.IsMoment ? $"20{_random.Next(10, 99)}-02-28" : Text()); break;
            case TenantValue.Number: content.With(property.Name, _random.Next(-5, 1000)); break;
            case TenantValue.Flag: content.With(property.Name, _random.Next(2) == 0); break;
            case TenantValue.Texts: content.With(property.Name, Texts()); break;
            case TenantValue.Settings: content.With(property.Name, Settings()); break;
            default:
                var objects = Enumerable.Range(0, _random.Next(4)).Select(_ => Object(property.Of!)).GroupBy(o => TenantComparison.IdentityOf(property.Of!, name => o[name]?.ToString()), StringComparer.Ordinal);
                content.With(property.Name, objects.Select(same => same.First()));
                break;
        }
    }

    private IEnumerable<string> Texts() => Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Text()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private JsonObject Settings()
    {
        var settings = new JsonObject();
        foreach (var name in Texts())
            settings[name] = _random.Next(3) switch { 0 => new JsonObject { ["secret"] = Text() }, 1 => null, _ => Text() };
        return settings;
    }

    private string Text() => new([.. Enumerable.Range(0, 1 + _random.Next(12)).Select(_ => Letters[_random.Next(Letters.Length)])]);
}
