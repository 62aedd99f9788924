using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(AssetRevisionBody))]
[JsonSerializable(typeof(PagedBody<AssetRevisionBody>))]
[JsonSerializable(typeof(ListBody<AssetRevisionBody>))]
[JsonSerializable(typeof(ApplicationVersionBody))]
[JsonSerializable(typeof(ReleaseNoteContentBody))]
[JsonSerializable(typeof(UploadBody))]
[JsonSerializable(typeof(AssetSearchBody))]
[JsonSerializable(typeof(RevisionPatchBody))]
[JsonSerializable(typeof(CreationBody))]
internal sealed partial class AssetRepositoryJson : JsonSerializerContext;
