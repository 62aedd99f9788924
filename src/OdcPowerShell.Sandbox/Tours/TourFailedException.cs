namespace OdcPowerShell.Sandbox.Tours;

/// <summary>A step of the tour did not come out as it should.</summary>
internal sealed class TourFailedException(string message) : Exception(message);
