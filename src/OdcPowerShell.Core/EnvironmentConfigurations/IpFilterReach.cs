using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>Which addresses reach the apps of an IP filter group. Only active rules count.</summary>
internal sealed class IpFilterReach(string? accessType, IEnumerable<OdcIpFilterRule> rules)
{
    private const int MostShown = 5;
    private readonly bool _isAllowList = IpFilterRules.IsAllowList(accessType);
    private readonly List<string> _texts = [.. rules.Where(r => r.IsActive == true).SelectMany(r => r.Ranges ?? []).Select(r => IpRange.Find(r)?.Text ?? r).Distinct(StringComparer.OrdinalIgnoreCase)];
    private readonly IReadOnlyList<IpRange> _ranges = IpFilterRules.Ranges(rules.Where(r => r.IsActive == true));

    /// <summary>Who reaches the apps, in one sentence.</summary>
    internal string Describe(string apps)
    {
        var (v4, v6) = (IpRange.AreAll(_ranges, isV6: false), IpRange.AreAll(_ranges, isV6: true));
        if (_isAllowList)
        {
            return _texts.Count == 0 ? $"no rule is active, so that no address can reach {apps}"
                : v4 && v6 ? $"all addresses can reach {apps}"
                : v4 || v6 ? $"{Named([(v4 ? "every IPv4 address" : "every IPv6 address"), .. _texts.Where(text => IpRange.Find(text)?.IsV6 != v6)])} can reach {apps}{(_ranges.All(r => r.IsV6 == v6) ? $", and no {(v4 ? "IPv6" : "IPv4")} address" : "")}"
                : $"only {Shown} can reach {apps}{(_ranges.Any(r => r.IsV6) ? "" : ", and no IPv6 address")}{(_ranges.Any(r => !r.IsV6) ? "" : ", and no IPv4 address")}";
        }

        return (v4, v6) switch
        {
            (true, true) => $"no address can reach {apps}",
            (true, false) => $"no IPv4 address can reach {apps}",
            (false, true) => $"no IPv6 address can reach {apps}",
            _ when _texts.Count == 0 => $"all addresses can reach {apps}",
            _ => $"all addresses but {Shown} can reach {apps}",
        };
    }

    /// <summary>Those of the addresses that don't reach the apps.</summary>
    internal IReadOnlyList<IpRange> LockedOut(IEnumerable<IpRange> addresses) => [.. addresses.Where(a => _ranges.Any(r => r.Contains(a)) != _isAllowList)];

    internal bool IsAllowList => _isAllowList;

    /// <summary>Whether this allow list lets in all that an earlier one did.</summary>
    internal bool KeepsAllOf(IpFilterReach before) => _isAllowList && before._isAllowList && before._ranges.All(b => _ranges.Any(r => r.Contains(b)));

    /// <summary>Whether an allow list contains all addresses.</summary>
    internal bool AllowsAll => _isAllowList && IpRange.AreAll(_ranges, isV6: false) && IpRange.AreAll(_ranges, isV6: true);

    /// <summary>Whether every address reaches the apps.</summary>
    internal bool IsOpen => _isAllowList ? AllowsAll : _texts.Count == 0;

    private string Shown => Named(_texts);

    private static string Named(List<string> texts) =>
        texts.Count > MostShown ? FormattableString.Invariant($"{string.Join(", ", texts.Take(MostShown))} and {texts.Count - MostShown} more") : string.Join(", ", texts);
}

/// <summary>The addresses of this machine, as far as it knows them itself.</summary>
internal interface ILocalAddresses
{
    IEnumerable<IPAddress> All { get; }
}

/// <summary>The addresses of the network interfaces.</summary>
internal sealed class InterfaceAddresses : ILocalAddresses
{
    public IEnumerable<IPAddress> All
    {
        get
        {
            try
            {
                return [.. NetworkInterface.GetAllNetworkInterfaces().Where(i => i.OperationalStatus == OperationalStatus.Up).SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)];
            }
            catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException)
            {
                // The command then says that the address is not known.
                return [];
            }
        }
    }
}

/// <summary>The addresses by which the internet sees a machine. Behind those of private networks, it sees another address.</summary>
internal static class PublicAddresses
{
    private static readonly IReadOnlyList<IpRange> Private =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3",
        }.Select(IpRange.Parse),
    ];

    private static readonly IpRange GlobalV6 = IpRange.Parse("2000::/3");

    internal static IReadOnlyList<IpRange> Of(ILocalAddresses addresses) =>
        [.. addresses.All.Where(a => a.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6).Select(IpRange.Of).Where(IsPublic).GroupBy(r => r.Text, StringComparer.Ordinal).Select(same => same.First())];

    private static bool IsPublic(IpRange address) => address.IsV6 ? GlobalV6.Contains(address) : !Private.Any(r => r.Contains(address));
}
