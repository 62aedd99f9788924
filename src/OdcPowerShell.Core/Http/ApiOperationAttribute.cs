using System.Reflection;

namespace OdcPowerShell.Http;

/// <summary>An operation that a command calls, by the field that holds it, so that help and checks can name its permission.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class ApiOperationAttribute(Type api, string member) : Attribute
{
    internal Operation Operation => (Operation)api.GetField(member, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(obj: null)!;
}
