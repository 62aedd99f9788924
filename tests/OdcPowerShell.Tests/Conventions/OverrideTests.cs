using System.Reflection;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>What a base class does at the beginning, at the end or when the command stops is done for all its commands.</summary>
public sealed class OverrideTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const byte Call = 0x28;
    private static readonly string[] Methods = ["BeginProcessing", "EndProcessing", "StopProcessing"];

    [Fact]
    public void Each_override_calls_the_base()
    {
        var overrides = (from type in Module.Cmdlets.GetTypes()
                         from name in Methods
                         let own = type.GetMethod(name, Declared)
                         where own is not null
                         let inherited = Inherited(type.BaseType!, name)
                         where inherited is not null
                         select (own, inherited)).ToList();
        Assert.InRange(overrides.Count, 40, int.MaxValue);
        Faults.None(overrides.Where(o => !Calls(o.own, o.inherited)).Select(o => $"{o.own.DeclaringType!.Name}.{o.own.Name}: call base.{o.own.Name}(), which {o.inherited.DeclaringType!.Name} has"));
    }

    private static MethodInfo? Inherited(Type type, string name)
    {
        for (var at = type; at.Assembly == Module.Cmdlets; at = at.BaseType!)
        {
            if (at.GetMethod(name, Declared) is { } method)
                return method;
        }

        return null;
    }

    private static bool Calls(MethodInfo method, MethodInfo called)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        return Enumerable.Range(0, code.Length - 4).Any(i => code[i] == Call && Resolve(method.Module, BitConverter.ToInt32(code, i + 1)) is { } other && other.MetadataToken == called.MetadataToken && other.Module == called.Module);
    }

    // The byte of a call can be a part of something else.
    private static MethodBase? Resolve(System.Reflection.Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token);
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }
}
