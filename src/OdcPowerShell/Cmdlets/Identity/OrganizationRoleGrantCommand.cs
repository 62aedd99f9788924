namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>A cmdlet that grants organization roles to users, or revokes them: one request for each user and role.</summary>
public abstract class OrganizationRoleGrantCommand : ChangeCmdlet
{
    private protected OrganizationRoleGrantCommand()
    {
    }

    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    public abstract ObjectReference[] User { get; set; }

    /// <summary>The organization roles: objects from Get-OdcOrganizationRole, names, keys, or rows with a column OrganizationRoleKey.</summary>
    public abstract ObjectReference[] OrganizationRole { get; set; }

    /// <summary>The assets for which the role is granted or revoked, by name or key. Piped rows have it in a column AssetKey.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), IsOptional = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The operation, its verb, and the preposition before the user in messages.</summary>
    private protected abstract (Operation Operation, string Verb, string Preposition) Change { get; }

    /// <summary>The limits of the role; null if there are none.</summary>
    private protected virtual RequestBody? Details => Asset.Length == 0 ? null : new RequestBody().Add("assetKeys", Asset);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // -Asset was typed, but no asset was found. Without assets the role would apply to the whole organization.
        if (Asset.Length == 0 && MyInvocation.BoundParameters.ContainsKey(nameof(Asset)))
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-Asset contains no asset.", $"Leave it out to {Change.Verb} the role for the whole organization."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Asset.Select(KeyOf).Any(key => key is null))
            return;
        var (operation, _, preposition) = Change;
        var details = Details;
        foreach (var role in OrganizationRole.Where(r => KeyOf(r) is not null))
        {
            foreach (var user in User)
                Defer(() => SendChange(role, preposition, user, operation, details));
        }
    }
}
