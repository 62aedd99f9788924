using System.Reflection;

namespace OdcPowerShell.Scripts;

/// <summary>An operation that a command calls, and the condition.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Text">The condition as text; null for always.</param>
/// <param name="IsOptional">Whether the command does its work without it, and only leaves something out.</param>
/// <param name="IsTrial">Whether the command only tries it.</param>
/// <param name="Applies">The condition for a call.</param>
internal sealed record CalledOperation(Operation Operation, string? Text, bool IsOptional, bool IsTrial, Func<ScriptCall, Answer> Applies)
{
    /// <summary>What a command declares, and the look-ups of names that its parameters take.</summary>
    internal static IReadOnlyList<CalledOperation> Of(KnownCommand command)
    {
        var declared = command.Type.GetCustomAttributes<ApiOperationAttribute>().ToList();
        var found = from parameter in command.Parameters
                    where parameter.Reference?.ResourceType is { List: not null }
                    let list = parameter.Reference!.ResourceType.List!.Operation
                    where !declared.Any(d => d.Operation == list && d.LooksUp is { } names && Named(names).Contains(parameter.Name, StringComparer.Ordinal))
                    select new CalledOperation(list, $"to look up the name in -{parameter.Name}", IsOptional: false, IsTrial: false, call => call.IsNamed(parameter.Name));
        return [.. declared.Select(d => new CalledOperation(d.Operation, d.Text, d.IsOptional, d.IsTrial, call => Applying(d, call))), .. found];
    }

    /// <summary>The parameters that a condition names.</summary>
    internal static IReadOnlyList<string> Named(string condition) => [.. ApiOperationAttribute.Read(condition).SelectMany(all => all).Select(one => one.Parameter)];

    private static Answer Applying(ApiOperationAttribute declared, ScriptCall call)
    {
        List<Answer> all = [Answer.Yes];
        if (declared.With is { } with)
            all.Add(Any(with, call.Has));
        if (declared.Without is { } without)
            all.Add(Not(Any(without, call.Has)));
        if (declared.OneKey is { } key)
            all.Add(Any(key, one => call.IsOneKey(one.Parameter)));
        if (declared.NotOneKey is { } notKey)
            all.Add(Not(Any(notKey, one => call.IsOneKey(one.Parameter))));
        if (declared.LooksUp is { } named)
            all.Add(Any(named, one => call.IsNamed(one.Parameter)));
        if (declared.Reads is { } read)
            all.Add(Any(read, one => call.IsNoObject(one.Parameter)));
        if (declared.TagIn is { } tag)
            all.Add(Any(tag, one => call.IsTag(one.Parameter)));
        var worst = all.Min();
        return worst == Answer.Yes && declared.When is not null ? Answer.Maybe : worst;
    }

    private static Answer Any(string condition, Func<ParameterChoice, Answer> ask) => ApiOperationAttribute.Read(condition).Max(all => all.Min(ask));

    private static Answer Not(Answer answer) => answer switch { Answer.Yes => Answer.No, Answer.No => Answer.Yes, _ => Answer.Maybe };
}

/// <summary>Whether something is so, as far as a script shows it.</summary>
internal enum Answer
{
    No,
    Maybe,
    Yes,
}
