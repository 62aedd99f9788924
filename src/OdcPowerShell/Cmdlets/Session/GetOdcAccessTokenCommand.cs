using System.Collections;
using System.Management.Automation;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Gets the access token of a connection, for other tools.</summary>
/// <remarks>
/// <para>The token is a SecureString unless -AsPlainText or -AsHeader asks for the text. On GitHub Actions and Azure DevOps the runner is told to mask it before it is written as text.</para>
/// <para>A token that is about to end is renewed first.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAccessToken</code>
/// <para>The token with its end and its tenant; its text is not shown.</para>
/// </example>
/// <example>
/// <code>$header = Get-OdcAccessToken -AsHeader</code>
/// <para>A header table for Invoke-RestMethod -Headers $header.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAccessToken", DefaultParameterSetName = "Object")]
[OutputType(typeof(OdcAccessToken), ParameterSetName = ["Object"])]
[OutputType(typeof(string), ParameterSetName = ["PlainText"])]
[OutputType(typeof(Hashtable), ParameterSetName = ["Header"])]
public sealed class GetOdcAccessTokenCommand : ConnectedCmdlet
{
    /// <summary>Writes the token as text. Keep it out of logs and variables that live long.</summary>
    [Parameter(ParameterSetName = "PlainText", Mandatory = true)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Writes a table with the Authorization header.</summary>
    [Parameter(ParameterSetName = "Header", Mandatory = true)]
    public SwitchParameter AsHeader { get; set; }

    /// <summary>Asks for a new token even when the one at hand still serves.</summary>
    [Parameter]
    public SwitchParameter ForceRefresh { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var tokens = Client.Tokens;
        var token = Run(stopped => ForceRefresh ? tokens.RenewAsync(tokens.Current, Caller, stopped) : tokens.GetAsync(Caller, stopped).AsTask());
        if (!AsPlainText && !AsHeader)
        {
            WriteObject(new OdcAccessToken(token.Value.ToSecureString(), CurrentConnection));
            return;
        }

        RunnerMask.Register(token.Value.Reveal(), Environment.GetEnvironmentVariable, Console.Out);
        WriteObject(AsPlainText ? token.Value.Reveal() : new Hashtable { ["Authorization"] = "Bearer " + token.Value.Reveal() });
    }
}
