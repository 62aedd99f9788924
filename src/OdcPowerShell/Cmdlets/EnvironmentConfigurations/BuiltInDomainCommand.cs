namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>A cmdlet that changes built-in domains of a stage or, only with -Organization, of the organization.</summary>
public abstract class BuiltInDomainCommand : ChangeCmdlet
{
    private protected const string StageSet = BuiltInDomainInput.StageSet;
    private protected const string OrganizationSet = BuiltInDomainInput.OrganizationSet;

    private protected BuiltInDomainCommand()
    {
    }

    /// <summary>The stage, by name or key. Piped objects and rows have it in a property StageKey, Stage or StageName.</summary>
    [Parameter(ParameterSetName = StageSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment", "StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    /// <summary>The organization instead of a stage: its domain is the address of the ODC Portal and of the APIs.</summary>
    [Parameter(ParameterSetName = OrganizationSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter Organization { get; set; }

    /// <summary>The prefixes that the user specified.</summary>
    private protected abstract IEnumerable<ObjectReference> Specified { get; }

    /// <summary>Changes one built-in domain, or prepares it.</summary>
    /// <param name="prefix">What the user specified.</param>
    /// <param name="scope">The stage or the organization.</param>
    private protected abstract void Change(ObjectReference prefix, BuiltInDomainScope scope);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (BuiltInDomainInput.Wrong(this, Stage is not null, nameof(Organization), Organization) is { } wrong)
            ThrowTerminatingError(ErrorRecords.From(wrong, target: null));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var prefix in Specified)
        {
            if (KeyOf(prefix) is null || (Stage is not null && KeyOf(Stage) is null))
                continue;
            var scope = Organization ? new BuiltInDomainScope() : Stage is null ? null : new BuiltInDomainScope(Stage.Key, StageNameOf(prefix));
            if ((BuiltInDomainInput.OfAnother(prefix, scope) ?? WrongStage(prefix)) is { } other)
                WriteError(ErrorRecords.From(other, prefix.Target));
            else
                Change(prefix, scope!);
        }
    }

    private OdcException? WrongStage(ObjectReference prefix) => Organization ? null : StageCheck.Wrong(this, $"Built-in domain {prefix.Text}", prefix.OwnStage, Stage, IsShown);

    // Objects of this module have the name of their stage. Otherwise it is read when the user will see it.
    private string? StageNameOf(ObjectReference prefix)
    {
        if ((Client.Names.Stages.NameOf(Stage!.Key) ?? BuiltInDomainInput.StageNameOf(prefix, Stage.Key)) is { } known)
            return known;
        Label(Stage);
        return Stage.Name;
    }

    /// <summary>The built-in domains there, as far as they can be seen; null, with an error, when they can't be read.</summary>
    private protected VisibleDomains? DomainsOf(BuiltInDomainScope scope, Func<VisibleDomains, bool> fits, ObjectReference input) =>
        RunFor(input.Target, stopped => scope.ReadVisibleAsync(Client, fits, Caller, stopped));

    /// <summary>The prefix as it is sent; null, with an error, when it can't be one.</summary>
    private protected string? PrefixOf(ObjectReference prefix, BuiltInDomainScope scope) =>
        RunFor(prefix.Target, stopped => BuiltInDomainInput.PrefixAsync(this, prefix, scope, stopped));

    private protected static OdcException NotFound(ObjectReference prefix, BuiltInDomainScope scope, VisibleDomains domains, string action) => new(
        OdcErrorCause.NotFound, $"There is no built-in domain '{prefix.Text}' of {scope}.", $"Its built-in domains: {string.Join(", ", (domains.All ?? []).Select(d => d.Domain ?? d.Prefix))}. {action}");

    /// <summary>Reads the list again and writes the domains that were changed.</summary>
    private protected void WriteNow(BuiltInDomainScope scope, IReadOnlyCollection<string> prefixes, object target)
    {
        if (RunFor(target, stopped => scope.ReadAsync(Client, Caller, stopped)) is not { } now)
            return;
        foreach (var domain in now.Where(d => prefixes.Contains(d.Prefix, StringComparer.OrdinalIgnoreCase)))
            Write(domain);
        foreach (var missing in prefixes.Where(p => !now.Any(d => string.Equals(d.Prefix, p, StringComparison.OrdinalIgnoreCase))))
            WriteWarning($"The change of {missing} was made, but the list of the built-in domains of {scope} that was read afterwards does not contain it.");
    }
}

/// <summary>What the commands for built-in domains have in common: a stage or the organization, and which prefix is meant.</summary>
internal static class BuiltInDomainInput
{
    internal const string StageSet = "Stage";
    internal const string OrganizationSet = "Organization";
    private const string Choose = "Specify the stage with -Stage, or use -Organization for the domain of the ODC Portal and the APIs.";

    /// <summary>The error for a call that names neither a stage nor the organization.</summary>
    internal static OdcException? Wrong(PSCmdlet cmdlet, bool hasStage, string organization, bool isOrganization)
    {
        if (isOrganization || (hasStage && !cmdlet.MyInvocation.BoundParameters.ContainsKey(organization)))
            return null;
        if (cmdlet.MyInvocation.BoundParameters.ContainsKey(organization))
            return new OdcException(OdcErrorCause.InvalidRequest, "-Organization:$false names neither a stage nor the organization.", Choose);
        return hasStage || cmdlet.MyInvocation.ExpectingInput ? null : new OdcException(OdcErrorCause.InvalidRequest, "Neither a stage nor the organization is specified.", Choose);
    }

    /// <summary>The error for a piped object of another stage than the specified one, or of the organization where a stage is meant, or the other way round.</summary>
    internal static OdcException? OfAnother(ObjectReference prefix, BuiltInDomainScope? scope)
    {
        var (ownKey, ownName) = prefix.Resource is IOfStage part ? (part.StageKey, part.StageName) : (prefix.Column("StageKey"), prefix.Column("StageName") ?? prefix.Column("Stage"));
        var isOfStage = ownKey is not null || ownName is not null;
        // A row of a file with all columns of such an object has them empty for one of the organization.
        var isOfOrganization = !isOfStage && (prefix.Resource is IOfStage || (prefix.HasColumn(nameof(OdcBuiltInDomain.IsPrimary)) && prefix.HasColumn(nameof(IOfStage.StageKey))));
        if (scope is null)
        {
            return isOfOrganization
                ? new OdcException(OdcErrorCause.InvalidRequest, $"The built-in domain {prefix.Text} belongs to the organization, and -Organization is not specified.", "Use -Organization if the address of the ODC Portal and the APIs is meant.")
                : new OdcException(OdcErrorCause.InvalidRequest, $"Neither a stage nor the organization is specified for the built-in domain {prefix.Text}.", Choose);
        }

        if (scope.IsOrganization)
        {
            return isOfStage
                ? new OdcException(OdcErrorCause.InvalidRequest, $"The built-in domain {prefix.Text} belongs to stage {ownName ?? ownKey}, and not to the organization.", "Leave -Organization out, or pipe objects from Get-OdcBuiltInDomain -Organization.")
                : null;
        }

        if (isOfOrganization)
            return new OdcException(OdcErrorCause.InvalidRequest, $"The built-in domain {prefix.Text} belongs to the organization, and not to {scope}.", "Pipe objects from Get-OdcBuiltInDomain -Stage, or use -Organization.");
        return ownKey is not null && !string.Equals(ownKey, scope.StageKey, StringComparison.OrdinalIgnoreCase)
            ? new OdcException(OdcErrorCause.InvalidRequest, $"The built-in domain {prefix.Text} belongs to stage {ownName ?? ownKey}, and not to {scope}.", "Leave -Stage out for piped objects, or specify their own stage.")
            : null;
    }

    /// <summary>The name of the stage that an object of this module belongs to, if it is this stage.</summary>
    internal static string? StageNameOf(ObjectReference prefix, string? stageKey) =>
        prefix.Resource is IOfStage part && string.Equals(part.StageKey, stageKey, StringComparison.OrdinalIgnoreCase) ? part.StageName : null;

    /// <summary>The prefix as it is sent. Only for a whole domain its suffix is needed, which the list of stages has, or that of the organization's domains.</summary>
    internal static async Task<string> PrefixAsync(ConnectedCmdlet cmdlet, ObjectReference prefix, BuiltInDomainScope scope, CancellationToken stopped)
    {
        var text = prefix.Key!;
        if (text.IndexOf('.') < 0)
            return BuiltInPrefix.Of(text, suffix: null, scope);
        var known = scope.IsOrganization
            ? (await scope.ReadAsync(cmdlet.Client, cmdlet.Caller, stopped)).Select(d => d.Domain).FirstOrDefault()
            : (await cmdlet.Client.Names.Stages.GetAsync(cmdlet.Caller, stopped)).FirstOrDefault(s => string.Equals(s.StageKey, scope.StageKey, StringComparison.OrdinalIgnoreCase))?.BuiltinDomain;
        return BuiltInPrefix.Of(text, BuiltInPrefix.SuffixOf(known), scope);
    }

    /// <summary>The whole domain of a prefix, as far as it is known without a request, for messages.</summary>
    internal static string DomainText(OdcClient client, string prefix, BuiltInDomainScope scope)
    {
        var known = client.Names.Stages.Loaded?.FirstOrDefault(s => string.Equals(s.StageKey, scope.StageKey, StringComparison.OrdinalIgnoreCase))?.BuiltinDomain;
        return prefix + (scope.IsOrganization ? "" : BuiltInPrefix.SuffixOf(known));
    }
}
