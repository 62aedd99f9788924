using System.Reflection;

namespace OdcPowerShell.Http;

/// <summary>An operation that a command calls, by the field that has it. Help, checks and errors get its permission from there.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class ApiOperationAttribute(Type api, string member) : Attribute
{
    internal Operation Operation => (Operation)api.GetField(member, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(obj: null)!;

    /// <summary>When the command calls it, as help says it; null for always.</summary>
    public string? When { get; set; }

    /// <summary>Whether the command does its work without it, so that Test-OdcConnection -For does not try it.</summary>
    public bool IsOptional { get; set; }
}
