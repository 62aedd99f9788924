namespace OdcPowerShell;

/// <summary>An object that users know by its name and the API by its key.</summary>
internal interface INamed
{
    string? Key { get; }

    string? Name { get; }
}
