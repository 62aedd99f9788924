using System.Net;
using System.Net.Sockets;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>Looks up host names as this machine does.</summary>
internal interface INameResolver
{
    /// <summary>The addresses of a name. It never fails: an outcome is an answer.</summary>
    Task<ResolvedName> ResolveAsync(string name, CancellationToken cancellationToken);
}

/// <summary>The outcome of looking a name up.</summary>
internal enum NameOutcome
{
    Found,

    /// <summary>The name exists, but leads to no address.</summary>
    NoAddress,

    /// <summary>There is no such name, or it leads to no address: most systems don't distinguish the two.</summary>
    NotFound,

    /// <summary>No DNS server answered, or none in time.</summary>
    NoAnswer,
}

/// <summary>A name that was looked up.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Canonical">The name at the end of its CNAME records, which is the name itself if there are none.</param>
/// <param name="Addresses">Its addresses, IPv4 and IPv6.</param>
internal sealed record ResolvedName(NameOutcome Outcome, string? Canonical = null, IReadOnlyList<IPAddress>? Addresses = null)
{
    internal bool IsFound => Outcome == NameOutcome.Found;

    internal IReadOnlyList<IPAddress> All => Addresses ?? [];
}

/// <summary>The resolver of the system. It finds addresses, and most often the name at the end of CNAME records, but not the records themselves.</summary>
internal sealed class SystemResolver : INameResolver
{
    internal static SystemResolver Instance { get; } = new();

    public async Task<ResolvedName> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await Dns.GetHostEntryAsync(name).ConfigureAwait(false);
            return entry.AddressList.Length == 0 ? new ResolvedName(NameOutcome.NoAddress, entry.HostName) : new ResolvedName(NameOutcome.Found, entry.HostName, entry.AddressList);
        }
        catch (ArgumentException)
        {
            // No DNS server has such a name.
            return new ResolvedName(NameOutcome.NotFound);
        }
        catch (SocketException e)
        {
            return new ResolvedName(e.SocketErrorCode switch
            {
                SocketError.HostNotFound => NameOutcome.NotFound,
                SocketError.NoData => NameOutcome.NoAddress,
                _ => NameOutcome.NoAnswer,
            });
        }
    }
}
