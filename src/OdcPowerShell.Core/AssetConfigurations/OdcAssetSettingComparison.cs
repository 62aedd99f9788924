namespace OdcPowerShell.AssetConfigurations;

/// <summary>A setting of an asset in two stages.</summary>
[Columns("AssetName 16", "FullName 21", "ReferenceValue 14", "DifferenceValue 15", "Change 9", "Section")]
public sealed class OdcAssetSettingComparison : OdcResource
{
    public string? AssetKey { get; set; }

    public string? AssetName { get; set; }

    public string? Section { get; set; }

    public string? Name { get; set; }

    /// <summary>The name with the library and the timer or integration before it.</summary>
    public string? FullName { get; set; }

    public string? DataType { get; set; }

    /// <summary>The name of the reference stage.</summary>
    public string? ReferenceStage { get; set; }

    public string? ReferenceValue { get; set; }

    /// <summary>The name of the stage that is compared with it.</summary>
    public string? DifferenceStage { get; set; }

    public string? DifferenceValue { get; set; }

    /// <summary>Same, Different, Added (only in the stage that is compared), Removed (only in the reference stage), or Secret, which can't be compared.</summary>
    public string? Change { get; set; }

    public bool IsSecret { get; set; }

    /// <summary>Compares two configurations of an asset, setting by setting, in the order of the reference.</summary>
    internal static IEnumerable<OdcAssetSettingComparison> Of(OdcAssetConfiguration reference, OdcAssetConfiguration difference)
    {
        var others = difference.All.ToList();
        foreach (var setting in reference.All)
        {
            var same = others.FindAll(other => string.Equals(Identity(other), Identity(setting), StringComparison.OrdinalIgnoreCase));
            // Two timers of one name are distinguished by the keys of their settings.
            var other = same.Find(s => s.SettingKey == setting.SettingKey) ?? same.FirstOrDefault();
            if (other is not null)
                others.Remove(other);
            yield return Row(reference, difference, setting, other);
        }

        foreach (var added in others)
            yield return Row(reference, difference, setting: null, added);
    }

    // The same element in another stage has the same names; a key may belong to one stage.
    private static string Identity(OdcAssetSetting setting) => $"{setting.Section}/{setting.FullName}";

    private static OdcAssetSettingComparison Row(OdcAssetConfiguration reference, OdcAssetConfiguration difference, OdcAssetSetting? setting, OdcAssetSetting? other)
    {
        var any = (setting ?? other)!;
        return new OdcAssetSettingComparison
        {
            AssetKey = any.AssetKey,
            AssetName = any.AssetName,
            Section = any.Section,
            Name = any.Name,
            FullName = any.FullName,
            DataType = any.DataType,
            IsSecret = any.IsSecret,
            ReferenceStage = reference.StageName ?? reference.StageKey,
            ReferenceValue = setting?.Value,
            DifferenceStage = difference.StageName ?? difference.StageKey,
            DifferenceValue = other?.Value,
            Change = setting is null ? "Added" : other is null ? "Removed" : any.IsSecret ? "Secret" : SettingValue.IsSame(setting.Value, other.Value, any.DataType) ? "Same" : "Different",
        };
    }

    public override string ToString() => $"{FullName}: {Change}";
}
