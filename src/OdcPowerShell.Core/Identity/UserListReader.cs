using System.Runtime.CompilerServices;

namespace OdcPowerShell.Identity;

/// <summary>A list of users that says so when the API client may not see all of them. A part that was asked for as such need not be the whole.</summary>
internal sealed class UserListReader(IPagedList<OdcUser> inner, OdcClient client, UserKinds wanted, long first) : IPagedList<OdcUser>
{
    private UserKinds _seen;
    private string? _someone;

    public int? TotalCount => inner.TotalCount;

    public async IAsyncEnumerable<IReadOnlyList<OdcUser>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = first;
        await foreach (var page in inner.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            left -= page.Count;
            Look(page);
            yield return page;
        }

        if (left > 0)
            await client.UserVisibility.WarnAsync(wanted, _seen, _someone, caller, cancellationToken).ConfigureAwait(false);
    }

    // Who is of one kind only is seen by a client that may see that kind; who is of both is seen by either.
    private void Look(IReadOnlyList<OdcUser> page)
    {
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
