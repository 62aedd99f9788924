namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Renames a portfolio.</summary>
/// <remarks>
/// <para>Only the name of a portfolio can be changed.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcPortfolio Partners -Name 'Partners and resellers' -PassThru</code>
/// <para>Renames a portfolio and writes the changed portfolio.</para>
/// </example>
/// <example>
/// <code>Get-OdcPortfolio | Where-Object IsMainPortfolio | Set-OdcPortfolio -Name Main -WhatIf</code>
/// <para>Shows the request that would rename the main portfolio.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcPortfolio", SupportsShouldProcess = true)]
[Alias("Rename-OdcPortfolio")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.PatchPortfolio))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListPortfolios), With = "PassThru")]
[OutputType(typeof(OdcPortfolio))]
public sealed class SetOdcPortfolioCommand : SetCommand
{
    /// <summary>The portfolio: an object from Get-OdcPortfolio, a name, a key, or a URL of the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio))]
    [Names]
    public ObjectReference? Portfolio { get; set; }

    /// <summary>The new name. Piped rows can have it in a column NewName or Name; the name of a piped portfolio is not used.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("NewName")]
    [ValidateLength(1, 50)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    private protected override IEnumerable<ObjectReference> Specified => [Portfolio!];

    private protected override Operation Patch => PortfoliosApi.PatchPortfolio;

    // The API has no operation for one portfolio.
    private protected override void WriteChanged(ObjectReference reference)
    {
        var query = new Query().Add("portfolioKey", reference.Key);
        if (RunFor(reference.Target, stopped => Client.GetAsync(PortfoliosApi.ListPortfolios, [], query, Caller, stopped)) is not { } answer)
            return;
        if (answer.Results is not { Count: > 0 })
            WriteWarning($"{reference.Label} was renamed, but the list of portfolios that was read afterwards does not contain it.");
        foreach (var now in answer.Results ?? [])
            Write(now);
    }
}
