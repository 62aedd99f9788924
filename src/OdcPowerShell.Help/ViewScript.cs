using System.Management.Automation.Language;

namespace OdcPowerShell.Help;

/// <summary>The scripts of columns that are more than a property.</summary>
internal static class ViewScript
{
    /// <summary>Shows the first that has a value, and the last in any case.</summary>
    internal static string FirstOf(IReadOnlyList<ColumnValue> values) =>
        string.Concat(values.SkipLast(1).Select(v => $"if ({v.Script}) {{ {v.Shown} }} else")) is { Length: > 0 } choice
            ? $"{choice} {{ {values[^1].Shown} }}"
            : values[^1].Shown;

    /// <summary>A script as it is, when it is PowerShell and every property of the object that it names exists.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    internal static string Checked(Type type, string script)
    {
        var parsed = Parser.ParseInput(script, out _, out var errors);
        if (errors is [var error, ..])
            throw new FormatException(error.Message);
        // In the blocks inside, $_ is another object.
        foreach (var member in parsed.FindAll(IsProperty, searchNestedScriptBlocks: false).Cast<MemberExpressionAst>())
            _ = ColumnValue.Property(type, member.Member.Extent.Text);
        return script;
    }

    private static bool IsProperty(Ast ast) =>
        ast is MemberExpressionAst { Expression: VariableExpressionAst { VariablePath.UserPath: "_" } } and not InvokeMemberExpressionAst;
}
