namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>What Test-OdcDomain found out about a DNS record or the certificate of a domain.</summary>
[Columns("Hostname 30", "Check 11", "Result 8", "Found 32", "Fix")]
public sealed class OdcDomainCheck : OdcResource, IOfStage
{
    public string? Hostname { get; internal set; }

    /// <summary>Hostname, Validation or Certificate.</summary>
    public string? Check { get; internal set; }

    /// <summary>Passed, Warning when it can't be seen or takes time, Failed, or Skipped when there is nothing to look at.</summary>
    public string? Result { get; internal set; }

    /// <summary>The name of the DNS record; empty for the certificate.</summary>
    public string? Name { get; internal set; }

    /// <summary>Where the record has to lead, or the state that the certificate should have.</summary>
    public string? Expected { get; internal set; }

    public string? Found { get; internal set; }

    /// <summary>What to do; empty when nothing is wrong.</summary>
    public string? Fix { get; internal set; }

    public string? StageKey { get; set; }

    public string? StageName { get; set; }

    public override string ToString() => $"{Hostname} {Check}: {Result}";
}

/// <summary>Compares the DNS records of a domain with those that it needs, as far as the resolver of the system shows them, and explains the state of its certificate.</summary>
internal sealed class DomainChecks(OdcDomain domain, INameResolver resolver, TimeProvider time)
{
    private const string Passed = "Passed";
    private const string Warning = "Warning";
    private const string Failed = "Failed";
    private const string Skipped = "Skipped";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    internal async Task<IReadOnlyList<OdcDomainCheck>> RunAsync(CancellationToken cancellationToken)
    {
        if (domain.BuiltIn == true)
            return [Row("Hostname", domain.Hostname, null, new Finding(Skipped, "OutSystems provides this domain: it needs no DNS record of yours.", null))];
        var hostname = RecordAsync("Hostname", domain.Hostname, domain.CNameValue, isNeeded: true, cancellationToken);
        var certificate = domain.Certificate;
        if (string.IsNullOrEmpty(certificate?.CNameKey))
            return [await hostname.ConfigureAwait(false), Certificate()];
        var validation = RecordAsync("Validation", certificate!.CNameKey, certificate.CNameValue, isNeeded: certificate.Status is not ("Issued" or "Active"), cancellationToken);
        return [await hostname.ConfigureAwait(false), await validation.ConfigureAwait(false), Certificate()];
    }

    private static string Bare(string name) => name.TrimEnd('.');

    private static bool IsSame(string? name, string? other) => name is not null && other is not null && string.Equals(Bare(name), Bare(other), StringComparison.OrdinalIgnoreCase);

    private async Task<OdcDomainCheck> RecordAsync(string check, string? name, string? target, bool isNeeded, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(target))
            return Row(check, name, target, new Finding(Skipped, "The service has not yet said where the record has to lead.", "Run Get-OdcDomain -Refresh later."));
        var record = new ExpectedRecord(Bare(name!), Bare(target!), check == "Validation", isNeeded);
        var found = ResolveAsync(record.Name, cancellationToken);
        var wanted = ResolveAsync(record.Target, cancellationToken);
        return Row(check, record.Name, record.Target, record.Compare(await found.ConfigureAwait(false), await wanted.ConfigureAwait(false)));
    }

    // Not every platform can cancel a look-up, so it is left behind instead.
    private async Task<ResolvedName> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        var lookUp = resolver.ResolveAsync(name, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(lookUp, time.DelayAsync(Limit, limit.Token)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first != lookUp)
            return new ResolvedName(NameOutcome.NoAnswer);
        limit.Cancel();
        return await lookUp.ConfigureAwait(false);
    }

    private OdcDomainCheck Certificate()
    {
        var validation = domain.DnsRecords?.FirstOrDefault(record => !IsSame(record.Name, domain.Hostname));
        var reason = DomainReader.ReasonOf(domain.Certificate);
        var finding = domain.CertificateStatus switch
        {
            "Issued" or "Active" => new Finding(Passed, domain.CertificateStatus, null),
            "PendingValidation" => new Finding(Warning, "PendingValidation: the service looks for the record that proves who owns the hostname.", validation is null ? "Create the validation record that the ODC Portal shows." : $"Create this DNS record within 72 hours, if it is not there: {validation}."),
            "Creating" or null => new Finding(Warning, "Creating: the service prepares the certificate.", "Run Get-OdcDomain -Refresh in some minutes: it then shows the validation record."),
            "Failed" => new Finding(Failed, $"Failed: {reason ?? "the service reports no reason."}", "Correct the DNS records, then remove the domain and create it again."),
            "Expired" => new Finding(Failed, $"Expired{(reason is null ? "" : $": {reason}")}", "A certificate is renewed only while the DNS records exist: correct them. If it stays expired, remove the domain and create it again."),
            "Deleting" or "Deleted" => new Finding(Skipped, $"{domain.CertificateStatus}: the domain is being removed.", null),
            var other => new Finding(Skipped, $"{other}: this module does not know the state.", null),
        };
        return Row("Certificate", null, "Issued or Active", finding);
    }

    private OdcDomainCheck Row(string check, string? name, string? expected, Finding finding) => new()
    {
        Hostname = domain.Hostname, Check = check, Name = name, Expected = expected, Result = finding.Result, Found = finding.Found, Fix = finding.Fix, StageKey = domain.StageKey, StageName = domain.StageName,
    };

    private sealed record Finding(string Result, string Found, string? Fix);

    /// <summary>A CNAME record as it should be.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Target">The name that it has to lead to.</param>
    /// <param name="IsValidation">Whether it validates the certificate: its target then usually has no address.</param>
    /// <param name="IsNeeded">Whether something does not work without it now.</param>
    private sealed record ExpectedRecord(string Name, string Target, bool IsValidation, bool IsNeeded)
    {
        private string Record => $"{Name} CNAME {Target}";

        private string LookUp => $"nslookup -type=CNAME {Name}";

        internal Finding Compare(ResolvedName found, ResolvedName wanted) => found.Outcome switch
        {
            NameOutcome.NoAnswer => new Finding(Skipped, "No DNS server answered in time.", $"Check this machine's DNS, or look it up elsewhere: {LookUp}."),
            NameOutcome.Found => CompareFound(found, wanted),
            _ when IsValidation => Unseen(found.Outcome),
            NameOutcome.NoAddress => new Finding(Failed, "The name exists, but leads to no address.", $"Make this the only DNS record of the name: {Record}."),
            _ => new Finding(Failed, "Nothing: no record of this name leads to an address.", $"Create this DNS record: {Record}."),
        };

        private Finding CompareFound(ResolvedName found, ResolvedName wanted)
        {
            var addresses = string.Join(", ", found.All.Take(4));
            var isAlias = !string.IsNullOrEmpty(found.Canonical) && !IsSame(found.Canonical, Name);
            if (isAlias && (IsSame(found.Canonical, Target) || IsSame(found.Canonical, wanted.Canonical)))
                return new Finding(Passed, $"An alias that leads to {Bare(found.Canonical!)} ({addresses}).", null);
            var isShared = found.All.Intersect(wanted.All).Any();
            if (isAlias && !isShared)
                return new Finding(IsNeeded ? Failed : Warning, $"An alias that leads to {Bare(found.Canonical!)} ({addresses}), and not to the target.", $"Change the DNS record: {Record}.");
            if (isShared)
                return new Finding(Warning, $"{addresses}: the same addresses as the target. Whether by a CNAME or by A records can't be seen here.", $"Look it up: {LookUp}. Replace A or AAAA records by {Record}, because the addresses of the target can change.");
            return wanted.IsFound
                ? new Finding(IsNeeded ? Failed : Warning, $"{addresses}: other addresses than the target has now.", $"Replace the records of the name by this one: {Record}. If it is there already (check with {LookUp}), a provider may replace it by addresses.")
                : new Finding(Warning, $"{addresses}. The target can't be resolved here, so they can't be compared.", $"Look it up: {LookUp}.");
        }

        // The target of a validation record usually has no address, and the resolver shows nothing else.
        private Finding Unseen(NameOutcome outcome) => new(
            IsNeeded ? Warning : Skipped,
            outcome == NameOutcome.NoAddress
                ? "The name exists and leads to no address, as a validation record does. Its value can't be seen here."
                : "Not seen. It may exist all the same: this machine's resolver shows only names that lead to an address.",
            IsNeeded ? $"Look it up: {LookUp}. If it is not there, create this DNS record: {Record}." : $"Keep it for the renewal of the certificate: {Record}.");
    }
}
