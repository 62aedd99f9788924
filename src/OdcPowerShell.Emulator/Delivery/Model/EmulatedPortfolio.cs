namespace OdcPowerShell.Emulator;

/// <summary>A portfolio of a tenant.</summary>
public sealed record EmulatedPortfolio(Guid Key, string Name, bool IsMain);
