using System.Text.Json.Serialization;

namespace OdcPowerShell.Json;

/// <summary>What a creation answers: the new object's key, under one of several names.</summary>
internal sealed class CreatedObject
{
    public string? Key { get; set; }

    [JsonPropertyName("orgRoleKey")]
    public string? OrganizationRoleKey { get; set; }

    /// <exception cref="OdcException">The answer has no key.</exception>
    internal string RequiredKey => Key ?? OrganizationRoleKey ?? throw new OdcException(
        OdcErrorCause.UnexpectedResponse, "The service created the object, but did not tell its key.", "Read the object by its name.");
}
