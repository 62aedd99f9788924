using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>Stands for whoever made a token that was given to Connect-Odc: it can't be asked for another.</summary>
internal sealed class ForeignTokenIssuer : ITokenIssuer
{
    public bool CanIssue => false;

    public Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken) => throw new OdcException(
        OdcErrorCause.TokenExpired,
        "The access token given to Connect-Odc has ended or was refused, and can't be renewed.",
        "Run Connect-Odc again with a new token, or with an API client's credentials, which renew themselves.");
}
