using System.Net;
using OdcPowerShell.Authentication;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Http;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>What tests of domains ask of a tenant, and count.</summary>
internal static class DomainLab
{
    internal const string Apps = "apps.acme.example";
    private const string Api = "/api/environment-configurations/v1/environments/";

    /// <summary>The requests for lists of domains.</summary>
    internal static int Lists(this TenantLab lab) => lab.Sent.Count(s => s.StartsWith("GET " + Api, StringComparison.Ordinal) && s.EndsWith("/domains", StringComparison.Ordinal));

    /// <summary>The requests to the API with its ten requests a minute.</summary>
    internal static int Scarce(this TenantLab lab) => lab.Sent.Count(s => s.Contains(Api, StringComparison.Ordinal));

    internal static string Key(this TenantLab lab, string stage) => lab.Tenant.Stages.Single(s => s.Name == stage).Key.ToString();

    /// <summary>How long certificates and removals take; the time can be put forward.</summary>
    internal static void Takes(this TenantLab lab, TimeSpan time) => lab.Tenant.Delivery.OperationDuration = time;

    internal static OdcDomain Domain(this TenantLab lab, string hostname, string stage = "QA") => lab.Run($"Get-OdcDomain {stage} -Name {hostname} -Refresh").Single<OdcDomain>();

    internal static OdcClient Client(this TenantLab lab) => lab.Run("Get-OdcConnection -Default").Single<OdcConnection>().Client;

    /// <summary>A connection whose clock the test puts forward.</summary>
    internal static OdcConnection ConnectionAt(this TenantLab lab, TimeProvider time)
    {
        var token = lab.Run("[System.Net.NetworkCredential]::new('', (Get-OdcAccessToken).Token).Password").Single<string>();
        return new OdcConnection("later", new SignIn(new ClientOptions { Time = time }).FromToken(TenantAddress.Parse(lab.Tenant.Url.ToString()), new Secret(token)));
    }
}

/// <summary>A clock that can be put forward.</summary>
internal sealed class LaterTime : TimeProvider
{
    internal TimeSpan Skipped { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skipped;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Skipped.TotalSeconds * TimestampFrequency);
}

/// <summary>Names with planted answers; all others are not found.</summary>
internal sealed class PlantedNames : INameResolver
{
    private readonly Dictionary<string, ResolvedName> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _asked = [];

    internal IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    /// <summary>A name that is never answered.</summary>
    internal string? Hanging { get; set; }

    internal PlantedNames Add(string name, string? leadsTo, params string[] addresses)
    {
        _names[name] = new ResolvedName(NameOutcome.Found, leadsTo ?? name, [.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public Task<ResolvedName> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        lock (_asked)
            _asked.Add(name);
        return name == Hanging ? new TaskCompletionSource<ResolvedName>().Task : Task.FromResult(_names.GetValueOrDefault(name) ?? new ResolvedName(NameOutcome.NotFound));
    }
}
