using OdcPowerShell.Http;

namespace OdcPowerShell.Identity;

/// <summary>A list of users that says so when the API client may not see all of them. A part that was asked for as such need not be the whole.</summary>
internal sealed class UserListReader(IPageReader<OdcUser> inner, OdcClient client, UserKinds wanted, long first) : IPageReader<OdcUser>
{
    private UserKinds _seen;
    private string? _someone;
    private long _left = first;
    private bool _ended;

    public int? TotalCount => inner.TotalCount;

    public async Task<IReadOnlyList<OdcUser>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var page = await inner.NextAsync(caller, cancellationToken).ConfigureAwait(false);
        if (page is not null)
            Look(page);
        else if (!_ended && _left > 0)
            await client.UserVisibility.WarnAsync(wanted, _seen, _someone, caller, cancellationToken).ConfigureAwait(false);
        _ended |= page is null;
        return page;
    }

    // Who is of one kind only is seen by a client that may see that kind; who is of both is seen by either.
    private void Look(IReadOnlyList<OdcUser> page)
    {
        _left -= page.Count;
        _someone ??= page.Count > 0 ? page[0].UserKey : null;
        for (var i = 0; i < page.Count && _seen != UserKinds.All; i++)
        {
            _seen |= page[i].Access switch
            {
                { HasOrganizationRoles: true, HasEndUserRoles: not true } => UserKinds.Members,
                { HasOrganizationRoles: not true, HasEndUserRoles: true } => UserKinds.EndUsers,
                _ => UserKinds.None,
            };
        }
    }
}
