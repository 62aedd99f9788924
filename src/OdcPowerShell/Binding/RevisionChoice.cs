using System.Globalization;

namespace OdcPowerShell;

/// <summary>The revision of an asset that the user specified, by number or by tag.</summary>
public sealed class RevisionChoice
{
    internal RevisionChoice(int? number, string? tag)
    {
        Number = number;
        Tag = tag;
    }

    internal int? Number { get; }

    internal string? Tag { get; }

    internal static RevisionChoice? Read(object? value)
    {
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case RevisionChoice choice:
                return choice;
            case int number and > 0:
                return new RevisionChoice(number, tag: null);
            case long and > 0 and <= int.MaxValue and var number:
                return new RevisionChoice((int)number, tag: null);
            case Version version:
                return new RevisionChoice(number: null, version.ToString());
            case string text when int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return number > 0 ? new RevisionChoice(number, tag: null) : null;
            case string text when VersionTagText(text.Trim()):
                return new RevisionChoice(number: null, text.Trim());
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Tag ?? Number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static bool VersionTagText(string text) => text.Split('.').Length == 3 && Version.TryParse(text, out _);
}

/// <summary>Accepts the number of a revision or its tag. Anything else is rejected, so that it can't stand for another revision.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RevisionAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => RevisionChoice.Read(inputData) ?? throw new ArgumentTransformationMetadataException(
        $"'{inputData}' is not a revision: specify its number, from 1, or its tag, such as 1.2.0. (OdcInvalidRequest)");
}
