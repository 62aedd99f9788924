namespace OdcPowerShell.Json;

/// <summary>What a creation answers: the new object's key, under one of several names.</summary>
internal sealed class CreatedObject : IAnswer
{
    public string? Key { get; set; }

    [JsonPropertyName("orgRoleKey")]
    public string? OrganizationRoleKey { get; set; }

    [JsonIgnore]
    public string? Missing => string.IsNullOrEmpty(Key ?? OrganizationRoleKey) ? "key" : null;

    internal string RequiredKey => Key ?? OrganizationRoleKey!;
}
