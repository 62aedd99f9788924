using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Identity;

/// <summary>The user and access management API.</summary>
internal static class IdentityApi
{
    private const string Base = "/api/identity/v1";

    private const string SeeUsers =
        "User management > View end users (sees end users) or View members (sees members); all users: both, or User management > Manage users";

    internal static readonly Operation<Page<OdcUser>> QueryUsers = Operation.Get(Base + "/users", OdcJson.Default.PageOdcUser, SeeUsers);
    internal static readonly Operation<OdcUser> GetUser = Operation.Get(Base + "/users/{key}", OdcJson.Default.OdcUser, SeeUsers);

    /// <summary>How many keys <c>GET /users</c> takes in one request.</summary>
    internal const int KeysPerRequest = 20;

    internal static IEnumerable<Operation> All => [QueryUsers, GetUser];
}
