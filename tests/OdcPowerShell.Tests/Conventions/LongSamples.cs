using System.Collections;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>An object of each output type whose values are as long as real ones get.</summary>
internal static class LongSamples
{
    private const string Key = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string Host = "acme-corporation-production.outsystems.dev";
    private const string Date = "2026-11-30T23:59:59Z";
    private static readonly DateTimeOffset Instant = DateTimeOffset.Parse(Date, System.Globalization.CultureInfo.InvariantCulture);

    private static readonly DateTimeOffset Period = new(2027, 10, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Values that are useless when they are cut.</summary>
    internal static IReadOnlyList<string> Whole { get; } = [Key, "PendingRegistration", "NonProduction", "eu-central-1", "ap-southeast-2", "2026-11-30 23:59Z", "FinishedWithErrors", "2027-10-31 - 2027-10-31"];

    internal static object Of(Type type) => type.Name switch
    {
        nameof(OdcConnection) => Connection(),
        nameof(OdcAccessToken) => new OdcAccessToken(new AccessToken(new Secret("no token"), life: null, TimeProvider.System, TimeProvider.System.GetTimestamp()), Connection()),
        nameof(OdcCredential) => new OdcCredential(new VaultEntry("odc-production-deployer", "AzureKeyVault-Production", Metadata())),
        nameof(OdcRateLimit) => new OdcRateLimit(Host, new RateLimit("native-mobile-builds POST /build-operations/validation", 100), new RateUse("", 100, 100, TimeSpan.FromSeconds(59))),
        nameof(OdcCheck) => new OdcCheck("Get-OdcUserIdentityProvider: GET /api/identity/v1/identity-providers", "Skipped", new string('d', 300), new string('f', 300)),
        _ when type.IsSubclassOf(typeof(OdcResource)) => Filled(type),
        _ => throw new InvalidOperationException($"How is a {type.Name} made? Add it to {nameof(LongSamples)}."),
    };

    private static OdcConnection Connection() => new("acme-corporation-production", new SessionFactory(new ClientOptions()).FromToken(TenantAddress.Parse(Host), new Secret("no-token")));

    private static Hashtable Metadata() => new() { [EntryMetadata.Tenant] = Host, [EntryMetadata.ClientId] = Key, [EntryMetadata.ExpiresOn] = Date };

    private static object Filled(Type type)
    {
        var resource = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
            property.SetValue(resource, Value(type, property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
        return resource;
    }

    private static object? Value(Type owner, string name, Type type) => type switch
    {
        _ when type == typeof(string) => name == "Status" ? StatusOf(owner) : Text(name),
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 10_000,
        _ when type == typeof(DateTimeOffset) => owner == typeof(OdcGrantPeriod) ? Period : Instant,
        _ when type.IsSubclassOf(typeof(OdcResource)) => Filled(type),
        _ => null,
    };

    private static string StatusOf(Type owner) => owner.Name switch
    {
        nameof(OdcUserImport) => "FinishedWithErrors",
        nameof(OdcUserImportResult) => "Inserted",
        _ => "PendingRegistration",
    };

    private static string Text(string name) => name switch
    {
        _ when name.EndsWith("Key", StringComparison.Ordinal) => Key,
        _ when name.EndsWith("Domain", StringComparison.Ordinal) => Host,
        "Email" => "maximiliana.konstantinopoulou-fernandes@subsidiary.acme-corporation.example",
        "Purpose" => "NonProduction",
        "Region" or "DataPlatformRegion" => "ap-southeast-2",
        "PlatformRegion" => "eu-central-1",
        _ => $"A {name} that is as long as people make them, with 64 characters or more",
    };
}
