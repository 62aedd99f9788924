namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Disables users: they can no longer sign in. With -RevokeAccess, their roles and groups are taken away too.</summary>
/// <remarks>
/// <para>Users come from Get-OdcUser, or from a CSV file with a column Email, User or UserKey: Import-Csv leavers.csv | Disable-OdcUser.</para>
/// <para>Without -RevokeAccess, roles, groups and profile stay as they are.</para>
/// <para>With -RevokeAccess, each user is disabled first. Then the user is removed from groups, and end-user roles that were granted directly and organization roles are revoked. -WhatIf, -Confirm and -Verbose list them by name. What fails is an error of its user and does not stop the rest. Run the command again to complete it: it reads what the user still has.</para>
/// <para>A membership that comes through a claim can't be removed here: a warning names the group, the claim and the identity provider. The disabled user can't use it.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -Status Active -LastLoginTo (Get-Date).AddDays(-90) | Disable-OdcUser -WhatIf</code>
/// <para>Shows which users who have not signed in for 90 days would be disabled, and changes nothing.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Active -First 1 | Disable-OdcUser -PassThru</code>
/// <para>Disables a user and writes the changed user.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -HasEndUserRole -HasOrganizationRole -First 1 | Disable-OdcUser -RevokeAccess -WhatIf</code>
/// <para>Shows all that would be taken away from a user. For the users of a file with a column Email: Import-Csv leavers.csv | Disable-OdcUser -RevokeAccess.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "OdcUser", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUser))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroupsOfUser), With = "RevokeAccess")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUsersOfGroup), With = "RevokeAccess")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfUser), With = "RevokeAccess")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.RevokeEndUserRole), With = "RevokeAccess")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser), With = "RevokeAccess")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.RevokeOrganizationRole), With = "RevokeAccess")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryIdentityProviders), With = "RevokeAccess", When = "for groups with claims", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), With = "RevokeAccess", When = "for the names of stages", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), With = "RevokeAccess", When = "for the names of assets", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetUser), With = "PassThru")]
[OutputType(typeof(OdcUser))]
public sealed class DisableOdcUserCommand : UserSwitchCommand
{
    private readonly HashSet<string> _done = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<OdcIdentityProvider>? _providers;

    /// <summary>Takes away all access: groups that the users were added to, end-user roles that were granted directly, and organization roles.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter RevokeAccess { get; set; }

    private protected override bool IsActive => false;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!RevokeAccess)
            base.ProcessRecord();
        else
            Array.ForEach(User, user => Defer(() => Revoke(user)));
    }

    private void Revoke(ObjectReference user)
    {
        if (KeyOf(user) is not { } key || !_done.Add(key))
            return;
        var request = Patch.Request([key], body: BodyFor(user).ToContent());
        var label = Label(user);
        var access = new AccessRemoval(Client, key);
        // The names are read before the question, where the user sees them. Otherwise the user is locked out first.
        if (IsShown)
            Read(access);
        if (access.NoUser is { } missing)
        {
            WriteError(ErrorRecords.From(missing, user.Target));
            return;
        }

        if (!ShouldSend(label + (IsShown ? ", and takes away: " + access.Summary : ""), request))
            return;
        var (_, failure) = Try(stopped => Client.ChangeAsync(request, Caller, stopped));
        if (failure is not null)
            Report(failure, $"{label} was not disabled", user);
        if (failure?.Cause == OdcErrorCause.NotFound)
            return;
        if (!access.IsRead)
            Read(access);
        foreach (var (what, why) in access.Failures)
            Report(why, $"{label}: {what} could not be read, and were not taken away", user);
        foreach (var part in access.Parts)
            TakeAway(user, label, part);
        WarnOfClaims(label, access);
        if (failure is null && PassThru)
            WriteChanged(user);
    }

    private void Report(OdcException failure, string what, ObjectReference user)
    {
        var record = ErrorRecords.From(new OdcException(failure.Cause, $"{what}: {failure.Message}", failure.RecommendedAction, failure), user.Target);
        if (ErrorRecords.IsTerminating(failure))
            ThrowTerminatingError(record);
        WriteError(record);
    }

    private void Read(AccessRemoval access) => Try(stopped => access.ReadAsync(Caller, stopped));

    private void TakeAway(ObjectReference user, string label, RemovablePart part)
    {
        var request = part.Operation.Request(part.Keys, body: part.Body?.ToContent());
        var (_, failure) = Try(stopped => Client.ChangeAsync(request, Caller, stopped));
        if (failure is null)
            WriteVerbose($"{label}: {part.What} was taken away.");
        else if (failure.Cause == OdcErrorCause.NotFound)
            WriteVerbose($"{label}: {part.What} was taken away already.");
        else
            Report(failure, $"{label}: {part.What} was not taken away", user);
    }

    private void WarnOfClaims(string label, AccessRemoval access)
    {
        foreach (var group in access.Mapped)
        {
            _providers ??= Try<IReadOnlyList<OdcIdentityProvider>>(async stopped =>
                await new OffsetPages<OdcIdentityProvider>(Client, IdentityApi.QueryIdentityProviders, new Query(), new ListWindow()).ReadAllAsync(Caller, stopped)).Result ?? [];
            var claims = (group.ClaimMappings ?? []).Select(m => $"the claim {m.ForeignClaim} of {_providers.FirstOrDefault(p => string.Equals(p.IdentityProviderKey, m.IdentityProviderKey, StringComparison.OrdinalIgnoreCase))?.Name ?? m.IdentityProviderKey}").ToList();
            WriteWarning($"{label} stays in {AccessRemoval.Of(group)} through {(claims.Count == 0 ? "a claim of an identity provider" : string.Join(" or ", claims))}: remove the user there.");
        }
    }
}
