namespace OdcPowerShell.Help;

/// <summary>The parameters that PowerShell itself adds to a cmdlet that supports paging or -WhatIf.</summary>
internal static class StandardParameters
{
    internal static string? TextOf(string parameter) => parameter switch
    {
        "First" => "Gets only this many objects, and requests no more pages than they need.",
        "Skip" => "Skips this many objects at the start of the list.",
        "IncludeTotalCount" => "Writes the total number of objects in the list before the first of them. The number has a property Accuracy: 1 when it is exact.",
        "WhatIf" => "Shows what would be done, and changes nothing.",
        "Confirm" => "Asks for confirmation before anything is changed.",
        _ => null,
    };

    internal static string? DefaultOf(string parameter) => parameter switch
    {
        "First" => "all",
        "Skip" => "0",
        "IncludeTotalCount" or "WhatIf" or "Confirm" => "False",
        _ => null,
    };
}
