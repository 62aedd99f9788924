using System.Text;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>operations.csv: the project's own list of all operations with the permission that each needs.</summary>
internal static class OperationTable
{
    /// <summary>Operations such as <c>GET /api/identity/v1/users</c>, each with its permission.</summary>
    internal static IReadOnlyDictionary<string, string> Read(Specification specification)
    {
        var rows = File.ReadLines(Path.Combine(ModuleFiles.Specifications!, "operations.csv")).Select(Fields).ToList();
        var (api, method, path, permission) = (rows[0].IndexOf("api"), rows[0].IndexOf("method"), rows[0].IndexOf("path"), rows[0].IndexOf("permission"));
        return rows.Skip(1).ToDictionary(r => $"{r[method]} {specification.BasePath(FileOf(r[api]))}{r[path]}", r => r[permission]);
    }

    private static string FileOf(string api) => api.StartsWith("portfolio-v", StringComparison.Ordinal) ? api.Replace("-v", "-api-v", StringComparison.Ordinal) : api + "-api-v1";

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(c);
        }

        return [.. fields, field.ToString()];
    }
}
