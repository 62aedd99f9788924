namespace OdcPowerShell.Identity;

/// <summary>How many users fit.</summary>
public sealed class OdcUserCount : OdcResource
{
    public int? UserCount { get; set; }

    public override string ToString() => UserCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
