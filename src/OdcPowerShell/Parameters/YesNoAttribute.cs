namespace OdcPowerShell.Parameters;

/// <summary>Accepts yes and no as the cells of a CSV file write them; an empty cell says nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class YesNoAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether an empty cell is a no, as for a switch, which can't say nothing.</summary>
    public bool BlankIsNo { get; set; }

    /// <summary>Whether other text is left to the command, which knows whose it is.</summary>
    public bool LeavesOther { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        null => BlankIsNo ? false : null,
        string text when text.Trim().Length == 0 => BlankIsNo ? false : null,
        string text => text.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "1" => true,
            "FALSE" or "NO" or "0" => false,
            _ when LeavesOther => text,
            _ => throw new ArgumentTransformationMetadataException($"'{text}' is neither yes nor no: specify $true or $false; a file may have true, false, yes, no, 1 or 0. (OdcInvalidRequest)"),
        },
        var other => other!,
    };
}
