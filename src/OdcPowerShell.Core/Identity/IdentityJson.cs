using System.Text.Json;
using System.Text.Json.Serialization;
using OdcPowerShell.Json;

namespace OdcPowerShell.Identity;

/// <summary>How the answers of the user and access management API are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcDateTimeConverter), typeof(SecretTextConverter)])]
[JsonSerializable(typeof(OdcUser))]
[JsonSerializable(typeof(Page<OdcUser>))]
[JsonSerializable(typeof(Page<OdcEndUserRoleUser>))]
[JsonSerializable(typeof(Page<OdcOrganizationRoleUser>))]
[JsonSerializable(typeof(Page<OdcGroupUser>))]
[JsonSerializable(typeof(OdcUserCount))]
[JsonSerializable(typeof(OdcUserImport))]
[JsonSerializable(typeof(OdcGroup))]
[JsonSerializable(typeof(Page<OdcGroup>))]
[JsonSerializable(typeof(Page<OdcUserGroup>))]
[JsonSerializable(typeof(Page<OdcEndUserRole>))]
[JsonSerializable(typeof(Page<OdcUserEndUserRole>))]
[JsonSerializable(typeof(OdcOrganizationRole))]
[JsonSerializable(typeof(Page<OdcOrganizationRole>))]
[JsonSerializable(typeof(Page<OdcUserOrganizationRole>))]
[JsonSerializable(typeof(OdcPermission))]
[JsonSerializable(typeof(Page<OdcPermission>))]
[JsonSerializable(typeof(OdcIdentityProvider))]
[JsonSerializable(typeof(Page<OdcIdentityProvider>))]
[JsonSerializable(typeof(CreatedObject))]
internal sealed partial class IdentityJson : JsonSerializerContext;
