using OdcPowerShell.Identity;

namespace OdcPowerShell.Parameters;

/// <summary>Users by key, or as objects.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UserKeyAttribute() : KeyAttribute(typeof(OdcUser), nameof(OdcUser.UserKey));
