namespace OdcPowerShell.Identity;

/// <summary>How many users fit.</summary>
[Columns("UserCount 10")]
public sealed class OdcUserCount : OdcResource
{
    public int? UserCount { get; set; }

    public override string ToString() => UserCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
