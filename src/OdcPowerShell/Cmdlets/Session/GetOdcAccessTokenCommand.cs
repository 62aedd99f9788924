using System.Collections;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Gets the access token of a connection, for other tools.</summary>
/// <remarks>
/// <para>Use it when you can't use Invoke-OdcRestMethod. The token is hidden, and converts to a SecureString, unless -AsPlainText or -AsHeader asks for its text. It does not leave the process with the object: Export-Clixml, jobs and remoting get the object without its token. On GitHub Actions and Azure DevOps the command makes the runner mask the token before it is written as text.</para>
/// <para>A token that is about to expire is renewed first. A token from Connect-Odc -AccessToken can't be renewed.</para>
/// <para type="output" name="System.String">With -AsPlainText, the text of the token.</para>
/// <para type="output" name="System.Collections.Hashtable">With -AsHeader, a table with the Authorization header.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAccessToken</code>
/// <para>Gets the token with its expiry date and its tenant. The text of the token is not shown.</para>
/// </example>
/// <example>
/// <code>$header = Get-OdcAccessToken -AsHeader</code>
/// <para>Gets a table with the Authorization header, for Invoke-RestMethod -Headers $header.</para>
/// </example>
/// <example>
/// <code>$token = (Get-OdcAccessToken -ForceRefresh).Token</code>
/// <para>Gets a new token, which converts to a SecureString, for Invoke-RestMethod -Authentication Bearer -Token $token.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAccessToken", DefaultParameterSetName = "Object")]
[OutputType(typeof(OdcAccessToken), ParameterSetName = ["Object"])]
[OutputType(typeof(string), ParameterSetName = ["PlainText"])]
[OutputType(typeof(Hashtable), ParameterSetName = ["Header"])]
public sealed class GetOdcAccessTokenCommand : ConnectedCmdlet
{
    /// <summary>Writes the token as text. Anyone who reads it can act as the API client until it expires: keep it out of logs and files.</summary>
    [Parameter(ParameterSetName = "PlainText", Mandatory = true)]
    [ValueRequired]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Writes a hashtable with the Authorization header, which contains the token as text.</summary>
    [Parameter(ParameterSetName = "Header", Mandatory = true)]
    [ValueRequired]
    public SwitchParameter AsHeader { get; set; }

    /// <summary>Asks for a new token even when the current one is still valid.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter ForceRefresh { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var tokens = Client.Tokens;
        var token = Run(stopped => ForceRefresh ? tokens.RenewAsync(tokens.Current, Caller, stopped) : tokens.GetAsync(Caller, stopped).AsTask());
        if (!AsPlainText && !AsHeader)
        {
            WriteObject(new OdcAccessToken(token, CurrentConnection));
            return;
        }

        RunnerMask.Register(token.Value.Reveal(), Environment.GetEnvironmentVariable, Console.Out);
        WriteObject(AsPlainText ? token.Value.Reveal() : new Hashtable { ["Authorization"] = "Bearer " + token.Value.Reveal() });
    }
}
