using System.Collections;
using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.MobileBuilds;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>An object of each output type whose values are as long as real ones get, or as long as they usually are.</summary>
internal static class LongSamples
{
    private const string Key = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string Host = "acme-corporation-production.outsystems.dev";
    private const string Date = "2026-11-30T23:59:59Z";
    private static string UsualPermission => Usual.Value ? "Stage > View stage" : "Configuration management > Edit configurations";
    private static string UsualCommands => Usual.Value ? "Get-OdcStage" : "Get-OdcDeployedAsset, Get-OdcStage, Start-OdcDeployment";
    private static string TenantHost => Usual.Value ? "acme.outsystems.dev" : Host;
    private static readonly DateTimeOffset Instant = DateTimeOffset.Parse(Date, System.Globalization.CultureInfo.InvariantCulture);

    private static readonly DateTimeOffset Period = new(2027, 10, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Values that are useless when they are cut.</summary>
    internal static IReadOnlyList<string> Whole { get; } = [Key, "PendingRegistration", "NonProduction", "eu-central-1", "ap-southeast-2", "2026-11-30 23:59Z", "FinishedWithErrors", "2027-10-31 - 2027-10-31"];

    // The samples of a test are made on its own thread.
    private static readonly AsyncLocal<bool> Usual = new();

    /// <summary>An object whose texts are as long as they usually are, with two items in each list.</summary>
    internal static object UsualOf(Type type)
    {
        Usual.Value = true;
        try
        {
            return Of(type);
        }
        finally
        {
            Usual.Value = false;
        }
    }

    private static string? UsualText(string name) => name switch
    {
        // A setting of the asset itself.
        "Library" => null,
        "Email" or "UserEmail" => "aisha.schafer@partner.example.org",
        "UserName" => "Aisha Schäfer",
        "Name" or "EndUserRoleName" or "OrganizationRoleName" => "Customer Support",
        "AssetName" or "ProducerAssetName" or "ConsumerAssetName" => "Customer Portal",
        "StageName" or "DeployedStageName" => "Production",
        "AssetType" => "MobileApplication",
        "Purpose" => "NonProduction",
        "Tag" or "ReferenceTag" or "DifferenceTag" => "1.10.0",
        "Ring" => "GA",
        "Message" or "Description" or "CommitMessage" or "ErrorMessage" or "Hint" or "Details" => "The totals of the list of orders.",
        _ when name.EndsWith("Domain", StringComparison.Ordinal) => "acme-dev.outsystems.app",
        _ when name.EndsWith("Region", StringComparison.Ordinal) => "eu-central-1",
        _ => "As usual",
    };

    internal static object Of(Type type) => type.Name switch
    {
        nameof(OdcConnection) => Connection(),
        nameof(OdcAccessToken) => new OdcAccessToken(new AccessToken(new Secret("no token"), life: null, TimeProvider.System, TimeProvider.System.GetTimestamp()), Connection()),
        nameof(OdcCredential) => new OdcCredential(new VaultEntry(Usual.Value ? "odc-prod" : "odc-production-deployer", Usual.Value ? "SecretStore" : "AzureKeyVault-Production", Metadata())),
        nameof(OdcRateLimit) => new OdcRateLimit(Host, new RateUse("native-mobile-builds POST /build-operations/validation", 100, 100, 100, TimeSpan.FromSeconds(59))),
        nameof(OdcCheck) => new OdcCheck("Get-OdcUserIdentityProvider: GET /api/identity/v1/identity-providers", "Skipped", new string('d', 300), new string('f', 300)),
        nameof(OdcRequiredPermission) => new OdcRequiredPermission(UsualPermission, "Optional") { Commands = UsualCommands, Line = 7 },
        nameof(OdcComparedPermission) => new OdcComparedPermission(UsualPermission, "Optional") { Granted = "Unknown", Commands = UsualCommands, Line = 7 },
        _ when type.IsSubclassOf(typeof(OdcResource)) => Filled(type),
        _ => throw new InvalidOperationException($"How is a {type.Name} made? Add it to {nameof(LongSamples)}."),
    };

    private static OdcConnection Connection() => new(Usual.Value ? "acme" : "acme-corporation-production", new SignIn(new ClientOptions()).FromToken(TenantAddress.Parse(TenantHost), new Secret("no-token")));

    private static Hashtable Metadata() => new() { [EntryMetadata.Tenant] = TenantHost, [EntryMetadata.ClientId] = Key, [EntryMetadata.ExpiresOn] = Date };

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
        _ when type == typeof(double) => 1_234_567.5,
        _ when type == typeof(DateTimeOffset) => owner == typeof(OdcGrantPeriod) ? Period : Instant,
        _ when type.IsSubclassOf(typeof(OdcResource)) => Filled(type),
        _ when Usual.Value && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => Two(owner, name, type.GetGenericArguments()[0]),
        _ => null,
    };

    // Not of itself: the samples end somewhere.
    private static IList? Two(Type owner, string name, Type item)
    {
        if (item == owner)
            return null;
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var i = 0; i < 2; i++)
            items.Add(Value(owner, name, item));
        return items;
    }

    private static string StatusOf(Type owner) => owner.Name switch
    {
        _ when Usual.Value => "Active",
        nameof(OdcUserImport) => "FinishedWithErrors",
        nameof(OdcUserImportResult) => "Inserted",
        nameof(OdcMobileBuild) => "Validating",
        _ => "PendingRegistration",
    };

    private static string? Text(string name) => name switch
    {
        _ when name.EndsWith("Key", StringComparison.Ordinal) => Key,
        _ when Usual.Value => UsualText(name),
        _ when name.EndsWith("Domain", StringComparison.Ordinal) => Host,
        "Email" => "maximiliana.konstantinopoulou-fernandes@subsidiary.acme-corporation.example",
        "Purpose" => "NonProduction",
        "Region" or "DataPlatformRegion" => "ap-southeast-2",
        "PlatformRegion" => "eu-central-1",
        _ => $"A {name} that is as long as people make them, with 64 characters or more",
    };
}
