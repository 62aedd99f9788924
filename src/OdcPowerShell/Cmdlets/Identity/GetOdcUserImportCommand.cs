namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets the status and result of a user import.</summary>
/// <remarks>
/// <para>When the import has ended, its property Results has a row for each user.</para>
/// </remarks>
/// <example>
/// <code>[pscustomobject]@{ Email = 'ana@acme.example' } | Import-OdcUser | Get-OdcUserImport</code>
/// <para>Starts an import and gets its state at once.</para>
/// </example>
/// <example>
/// <code>$import = [pscustomobject]@{ Email = 'ben@acme.example' } | Import-OdcUser; (Get-OdcUserImport $import).Status</code>
/// <para>Gets the state of an import.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcUserImport")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetBulkOperation))]
[OutputType(typeof(OdcUserImport))]
public sealed class GetOdcUserImportCommand : ConnectedCmdlet
{
    /// <summary>The imports: objects from Import-OdcUser, or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcUserImport))]
    public ObjectReference[] Import { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var import in Import.Where(i => KeyOf(i) is not null))
            ReadFor(import.Target, (caller, stopped) => Client.GetAsync(IdentityApi.GetBulkOperation, [import.Key!], query: null, caller, stopped), Write);
    }
}
