using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace OdcPowerShell.Sandbox;

/// <summary>Makes PowerShell text out of names and values.</summary>
internal static partial class ScriptText
{
    public static string Quote(string value) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";

    /// <summary>A call of the script that ends as the script ends, with its exit code.</summary>
    /// <exception cref="FormatException">There is no such file.</exception>
    public static string OfFile(string path, IEnumerable<string> arguments)
    {
        if (!File.Exists(path)) throw new FormatException($"There is no script '{path}'.");
        var words = arguments.Select(word => ParameterName().IsMatch(word) ? word : Quote(word)).Prepend(Quote(Path.GetFullPath(path)));
        return $"$global:LASTEXITCODE = 0; & {string.Join(' ', words)}; if (-not $? -and $LASTEXITCODE) {{ exit $LASTEXITCODE }}";
    }

    // -Name, -Name: and -Name:$true must reach the script as parameters, not as text.
    [GeneratedRegex(@"^-[a-z_]\w*:?(\$true|\$false)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}
