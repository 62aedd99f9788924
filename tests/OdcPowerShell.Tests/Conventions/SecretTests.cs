using System.Reflection;
using System.Runtime.CompilerServices;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>Secrets and tokens are types of their own, never plain strings.</summary>
public sealed class SecretTests
{
    private const BindingFlags Own = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Words = ["Secret", "Token", "Password"];

    /// <summary>Strings whose name only sounds like a secret, with what they are.</summary>
    private static readonly Dictionary<string, string> Harmless = new()
    {
        ["OdcPowerShell.Cmdlets.Session.ConnectOdcCommand.TokenCacheVault"] = "name of a vault",
        ["OdcPowerShell.Identity.OdcOidcConfiguration.TokenUrl"] = "an address",
        ["OdcPowerShell.OdcAccessToken.TokenType"] = "the word Bearer",
    };

    [Fact]
    public void No_string_is_named_like_a_secret() =>
        Faults.None(Suspects().Except(Harmless.Keys).Select(s => $"{s}: use Secret or SecureString, or say what it is in {nameof(SecretTests)}.{nameof(Harmless)}"));

    [Fact]
    public void The_list_is_not_longer_than_it_must_be() => Faults.None(Harmless.Keys.Except(Suspects()));

    private static IEnumerable<string> Suspects() => Module.Types.Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute))).SelectMany(t => t.GetMembers(Own).SelectMany(Strings, (_, name) => $"{t.FullName}.{name}")).Distinct();

    private static IEnumerable<string> Strings(MemberInfo member) => member switch
    {
        PropertyInfo property when IsSuspect(property.PropertyType, property.Name) => [property.Name],
        FieldInfo field when IsSuspect(field.FieldType, field.Name) && !field.IsPrivate => [field.Name],
        MethodInfo { IsPrivate: false, IsSpecialName: false } method => Method(method, method.ReturnType),
        ConstructorInfo { IsPrivate: false } constructor => Method(constructor, typeof(void)),
        _ => [],
    };

    private static IEnumerable<string> Method(MethodBase method, Type returned) =>
        (IsSuspect(returned, method.Name) ? [method.Name] : Array.Empty<string>())
            .Concat(method.GetParameters().Where(p => IsSuspect(p.ParameterType, p.Name ?? "")).Select(p => $"{method.Name}({p.Name})"));

    // A secret's name is what vaults call their entries.
    private static bool IsSuspect(Type type, string name) =>
        (type == typeof(string) || type == typeof(string[])) && !name.EndsWith("SecretName", StringComparison.OrdinalIgnoreCase) && Words.Any(w => name.Contains(w, StringComparison.OrdinalIgnoreCase));
}
