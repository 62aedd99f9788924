using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>The module keeps no static state but what is listed here.</summary>
public sealed class StateTests
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Static objects that change, with the reason.</summary>
    private static readonly Dictionary<string, string> Shared = new()
    {
        ["OdcPowerShell.Sessions.SessionTable.Shared"] = "the one table of runspaces",
        ["OdcPowerShell.Http.RateBudgets.Shared"] = "the rate budgets that all runspaces share",
    };

    [Fact]
    public void No_static_field_can_be_assigned() =>
        Faults.None(from type in Module.Types
                         from field in type.GetFields(Static)
                         where field is { IsInitOnly: false, IsLiteral: false } && !IsOfCompiler(field)
                         select $"{Name(field)}: make it readonly, or keep it in the runspace's session");

    [Fact]
    public void No_static_object_changes_but_those_listed() =>
        Faults.None(from type in Module.Types
                         from field in type.GetFields(Static)
                         where !field.IsLiteral && !IsOfCompiler(field) && CanChange(field.FieldType, []) && !IsOfSerializer(field) && !Shared.ContainsKey(Name(field))
                         select $"{Name(field)} ({field.FieldType}): make it read-only, or list it with its reason in {nameof(StateTests)}.{nameof(Shared)}");

    [Fact]
    public void The_list_is_not_longer_than_it_must_be() =>
        Faults.None(Shared.Keys.Except(Module.Types.SelectMany(t => t.GetFields(Static)).Where(f => CanChange(f.FieldType, [])).Select(Name)));

    // Caches of lambdas and of inline arrays. What an auto property holds is not the compiler's.
    private static bool IsOfCompiler(FieldInfo field) => !field.Name.EndsWith("k__BackingField", StringComparison.Ordinal) && (IsGenerated(field) || IsGenerated(field.DeclaringType!));

    // A serializer's cache of its own metadata, which it makes once.
    private static bool IsOfSerializer(FieldInfo field) => field.FieldType == field.DeclaringType && field.FieldType.IsSubclassOf(typeof(JsonSerializerContext));

    private static bool IsGenerated(MemberInfo member) => member.Name.StartsWith('<') || member.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Name(FieldInfo field) => $"{field.DeclaringType!.FullName}.{field.Name.Replace("<", "", StringComparison.Ordinal).Replace(">k__BackingField", "", StringComparison.Ordinal)}";

    /// <summary>Whether it is a collection that can be written to, or an object of the module that holds one or has a field that can be assigned.</summary>
    private static bool CanChange(Type type, HashSet<Type> seen)
    {
        if (IsWritableCollection(type))
            return true;
        return type.Assembly == Module.Core || type.Assembly == Module.Cmdlets
            ? seen.Add(type) && type is { IsEnum: false } && type.GetFields(Instance).Any(f => !(f.IsInitOnly || IsCaptured(f)) || CanChange(f.FieldType, seen))
            : false;
    }

    // A parameter of a primary constructor, which no code of the module assigns.
    private static bool IsCaptured(FieldInfo field) => field.Name.StartsWith('<') && field.Name.EndsWith(">P", StringComparison.Ordinal);

    private static bool IsWritableCollection(Type type) =>
        !type.Name.StartsWith("Immutable", StringComparison.Ordinal) && !type.Name.StartsWith("Frozen", StringComparison.Ordinal) && !type.Name.StartsWith("ReadOnly", StringComparison.Ordinal)
        && (typeof(IList).IsAssignableFrom(type) || typeof(IDictionary).IsAssignableFrom(type)
            || type.GetInterfaces().Append(type).Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollection<>))
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>)));
}
