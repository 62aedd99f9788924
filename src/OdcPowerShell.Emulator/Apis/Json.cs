using System.Text.Json.Serialization.Metadata;

namespace OdcPowerShell.Emulator;

/// <summary>How bodies are read and written. Answers are records or, where a shape is used once, anonymous objects.</summary>
internal static class Json
{
    public static JsonSerializerOptions Wire { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } },
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>For the control API, where a forgotten member is a mistake.</summary>
    public static JsonSerializerOptions Control { get; } = new(Wire) { RespectRequiredConstructorParameters = true };

    /// <summary>Reads a file of Seed/Tenant.</summary>
    public static T Seed<T>(string name) => Resource<T>($"OdcPowerShell.Emulator.Seed.Tenant.{name}.json");

    public static T Resource<T>(string name)
    {
        using var file = typeof(Json).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<T>(file, Wire)!;
    }

    // The only members of answers that are absent, and not null, when there is nothing in them.
    private static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.Name is "_embedded" or "errors"))
            property.ShouldSerialize = (_, value) => value is not null;
    }
}
