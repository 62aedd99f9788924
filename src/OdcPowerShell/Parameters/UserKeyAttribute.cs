using OdcPowerShell.Identity;

namespace OdcPowerShell.Parameters;

/// <summary>Users by key, or as objects.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UserKeyAttribute() : KeyAttribute("user", nameof(OdcUser.UserKey));
