using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace OdcPowerShell.Tests.Samples;

/// <summary>A step of a pipeline that runs PowerShell, with the environment that the file gives it.</summary>
internal sealed record PipelineStep(string Text, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The steps of GitHub's or Azure DevOps' YAML, in their order; a part of such a file will do.</summary>
    internal static IReadOnlyList<PipelineStep> Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. Within(stream.Documents[0].RootNode, new Dictionary<string, string>(StringComparer.Ordinal))];
    }

    /// <summary>The environment with the runner's values in place of its expressions, <c>${{ secrets.NAME }}</c> and <c>$(NAME)</c>.</summary>
    internal IReadOnlyDictionary<string, string> Resolve(IReadOnlyDictionary<string, string> values) => Environment.ToDictionary(
        e => e.Key,
        e => Regex.Replace(e.Value, @"\$\{\{ \w+\.(?<name>\w+) \}\}|\$\((?<name>\w+)\)", m => values[m.Groups["name"].Value], RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)),
        StringComparer.Ordinal);

    private static IEnumerable<PipelineStep> Within(YamlNode node, Dictionary<string, string> inherited) => node switch
    {
        YamlSequenceNode list => list.SelectMany(child => Within(child, inherited)),
        YamlMappingNode map => Within(map, new Dictionary<string, string>(inherited, StringComparer.Ordinal)),
        _ => [],
    };

    private static IEnumerable<PipelineStep> Within(YamlMappingNode map, Dictionary<string, string> environment)
    {
        if (map.Children.TryGetValue("env", out var own))
        {
            foreach (var (name, value) in ((YamlMappingNode)own).Children)
                environment[Scalar(name)] = Scalar(value);
        }

        var isGitHubs = map.Children.TryGetValue("shell", out var shell) && Scalar(shell) == "pwsh";
        return map.Children.TryGetValue(isGitHubs ? "run" : "pwsh", out var text)
            ? [new PipelineStep(Scalar(text), environment)]
            : map.Children.Values.SelectMany(child => Within(child, environment));
    }

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value!;
}
