namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Gets the versions that the service suggests for the next builds of mobile apps.</summary>
/// <remarks>
/// <para>The suggestion depends on the builds of the app in the stage. It changes nothing. You can pipe it to Start-OdcMobileBuild, which also uses it with -UseSuggestedVersion. The service allows five requests a minute.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcMobileVersionSuggestion 'Driver Go' -Stage QA</code>
/// <para>Gets the next version of an app for both platforms.</para>
/// </example>
/// <example>
/// <code>Get-OdcMobileVersionSuggestion 'Driver Go' -Stage QA -Platform Android | Start-OdcMobileBuild -WhatIf</code>
/// <para>Shows the request that would build the app for Android with that version.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcMobileVersionSuggestion", SupportsPaging = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.SuggestVersions))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcMobileVersionSuggestion))]
public sealed class GetOdcMobileVersionSuggestionCommand : MobileAppCommand
{
    /// <summary>Only for these platforms: Android, iOS. Without it, for both.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("Android", "iOS")]
    public string[]? Platform { get; set; }

    private protected override void Read(ObjectReference asset, MobilePlace place)
    {
        // One request is enough for both.
        var asked = Platform is { Length: 1 } ? Platform[0] : null;
        ReadFor(
            asset.Target,
            async (caller, stopped) => await VersionSuggestions.ReadAsync(Client, await place.CompleteAsync(Client, caller, stopped), asked, caller, stopped),
            suggestions => suggestions.Where(s => Platform is null || Platform.Contains(s.Platform, StringComparer.OrdinalIgnoreCase)).ToList().ForEach(Write));
    }
}

/// <summary>Reads suggested versions.</summary>
internal static class VersionSuggestions
{
    /// <param name="client">The client.</param>
    /// <param name="place">The app and the stage.</param>
    /// <param name="platform">The platform; null for both.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    internal static async Task<IReadOnlyList<OdcMobileVersionSuggestion>> ReadAsync(OdcClient client, MobilePlace place, string? platform, ICaller caller, CancellationToken cancellationToken)
    {
        var body = MobileApps.BodyOf(place);
        if (platform is not null)
            body.Add("mobilePlatform", platform);
        var request = MobileBuildsApi.SuggestVersions.Request([], body: body.ToContent());
        return (await client.SendAsync(request, MobileBuildsApi.SuggestVersions, caller, cancellationToken)).Of(place);
    }
}
