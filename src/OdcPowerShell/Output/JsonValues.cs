using System.Collections;
using System.Globalization;
using System.Management.Automation.Internal;
using System.Numerics;
using System.Security;
using System.Text.Json;

namespace OdcPowerShell.Output;

/// <summary>Converts JSON to PowerShell values, and back.</summary>
internal static class JsonValues
{
    /// <summary>Objects become PSObjects, whole numbers Int64; dates stay text.</summary>
    internal static object? ToPowerShell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ToObject(value),
        JsonValueKind.Array => value.EnumerateArray().Select(ToPowerShell).ToArray(),
        JsonValueKind.String => JsonText.Of(value),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.TryGetDecimal(out var exact) ? exact : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The same for a property of an object. Its lists have a readable text for CSV files.</summary>
    internal static object? ToProperty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? new OdcList<object?>([.. value.EnumerateArray().Select(ToPowerShell)]) : ToPowerShell(value);

    private static PSObject ToObject(JsonElement value)
    {
        var shown = new PSObject();
        foreach (var member in value.EnumerateObject())
        {
            var name = MemberName.For(shown, JsonText.NameOf(member), isTaken: false);
            if (shown.Properties[name] is { } repeated)
                repeated.Value = ToPowerShell(member.Value);
            else
                shown.Properties.Add(new PSNoteProperty(name, ToPowerShell(member.Value)));
        }

        return shown;
    }

    /// <summary>Converts hashtables, objects, lists and values to JSON; text stays as it is.</summary>
    /// <exception cref="OdcException">The value is nested too deeply, contains itself, or contains a number or text that JSON can't represent.</exception>
    internal static byte[] ToJson(object body)
    {
        using var stream = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(stream);
            Write(writer, body, depth: 0);
        }
        catch (ArgumentException e)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, "The body contains a value that JSON can't represent (NaN, Infinity, or an unpaired surrogate).", "Correct the value.", e);
        }

        return stream.ToArray();
    }

    /// <summary>Whether it is a DateOnly or a TimeOnly: types that the netstandard2.0 build does not know.</summary>
    internal static bool IsDayOrTime(object value) => value.GetType().FullName is "System.DateOnly" or "System.TimeOnly";

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > 32)
            throw new OdcException(OdcErrorCause.InvalidRequest, "The body is nested deeper than 32 levels, or contains itself.", "Use plain hashtables and lists.");
        var bare = Bare(value);
        switch (bare)
        {
            case null: writer.WriteNullValue(); break;
            case SecureString: throw new OdcException(OdcErrorCause.InvalidRequest, "The body contains a SecureString, which is not sent.", "Pass its text: ConvertFrom-SecureString -AsPlainText.");
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case SwitchParameter flag: writer.WriteBooleanValue(flag.IsPresent); break;
            case DateTime date: writer.WriteStringValue(date.ToUniversalTime()); break;
            case DateTimeOffset date: writer.WriteStringValue(date.UtcDateTime); break;
            case byte or sbyte or short or ushort or int or uint or long: writer.WriteNumberValue(Convert.ToInt64(bare, CultureInfo.InvariantCulture)); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case float number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case BigInteger number: writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case IFormattable date when IsDayOrTime(date): writer.WriteStringValue(date.ToString("o", CultureInfo.InvariantCulture)); break;
            case TimeSpan or Enum or Guid or Uri or char or Version: writer.WriteStringValue(bare.ToString()); break;
            case IDictionary table: WriteMembers(writer, table.Keys.Cast<object>().Select(k => (k.ToString()!, (object?)table[k])), depth); break;
            case IEnumerable list: WriteItems(writer, list, depth); break;
            default: WriteMembers(writer, PSObject.AsPSObject(value).Properties.Where(p => p.IsGettable).Select(p => (p.Name, (object?)p.Value)), depth); break;
        }
    }

    // A command without output returns AutomationNull, which means null.
    private static object? Bare(object? value) => ReferenceEquals(value, AutomationNull.Value) ? null
        : value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> members, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable items, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            Write(writer, item, depth + 1);
        writer.WriteEndArray();
    }
}
