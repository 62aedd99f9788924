namespace OdcPowerShell.Help;

/// <summary>A column of a table.</summary>
/// <param name="Label">Its heading.</param>
/// <param name="Width">In characters.</param>
/// <param name="IsRight">Whether it is aligned right.</param>
/// <param name="Shown">The property, or the script, whose value it shows.</param>
/// <param name="IsProperty">Whether it is a property.</param>
internal sealed record Column(string Label, int Width, bool IsRight, string Shown, bool IsProperty);
