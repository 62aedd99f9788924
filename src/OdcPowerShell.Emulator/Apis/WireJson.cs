using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

/// <summary>How answers are written; compiled, because pages of users are the hot path of the benchmarks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(CreatedBody))]
[JsonSerializable(typeof(OrganizationBody))]
[JsonSerializable(typeof(ListBody<StageBody>))]
internal sealed partial class WireJson : JsonSerializerContext;
