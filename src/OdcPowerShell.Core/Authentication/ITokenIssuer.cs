using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>Gets a new access token.</summary>
internal interface ITokenIssuer
{
    /// <summary>Whether another token can be had; not so for a token that came from elsewhere.</summary>
    bool CanIssue { get; }

    Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken);
}
