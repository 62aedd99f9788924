using NJsonSchema.Validation.FormatValidators;
using Newtonsoft.Json.Linq;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>The formats of the specifications inside JSON bodies, as strict as in a query.</summary>
internal sealed class StrictFormat(string format) : IFormatValidator
{
    internal static IEnumerable<StrictFormat> All => new[] { "uuid", "date-time", "date", "uri" }.Select(f => new StrictFormat(f));

    public string Format => format;

    public NJsonSchema.Validation.ValidationErrorKind ValidationErrorKind => format switch
    {
        "uuid" => NJsonSchema.Validation.ValidationErrorKind.UuidExpected,
        "date-time" => NJsonSchema.Validation.ValidationErrorKind.DateTimeExpected,
        "date" => NJsonSchema.Validation.ValidationErrorKind.DateExpected,
        _ => NJsonSchema.Validation.ValidationErrorKind.UriExpected,
    };

    public bool IsValid(string value, JTokenType tokenType) => ValueJudge.IsOfFormat(value, format);
}
