namespace OdcPowerShell.AssetConfigurations;

/// <summary>Sends the changes of an asset's settings in one request. When the service rejects it, finds out which settings it rejects, and makes the other changes.</summary>
internal sealed class SettingSender(OdcClient client, ConfigurationPlace place)
{
    private readonly List<PlannedSetting> _sent = [];
    private readonly List<(PlannedSetting Change, OdcException Failure)> _rejected = [];

    /// <summary>The changes that were made.</summary>
    internal IReadOnlyList<PlannedSetting> Sent => _sent;

    /// <summary>The changes that the service rejected, each with its reason.</summary>
    internal IReadOnlyList<(PlannedSetting Change, OdcException Failure)> Rejected => _rejected;

    internal ApiRequest Request(IReadOnlyCollection<PlannedSetting> changes) => place.Patch.Request(place.Keys, body: SettingPlan.Body(changes));

    /// <exception cref="OdcException">It failed for another reason than a wrong value. What was sent before is in <see cref="Sent"/>.</exception>
    internal async Task<SettingSender> SendAsync(IReadOnlyList<PlannedSetting> changes, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            await client.ChangeAsync(Request(changes), caller, cancellationToken).ConfigureAwait(false);
            _sent.AddRange(changes);
        }
        catch (OdcApiException e) when (e.StatusCode is 400 or 422)
        {
            if (changes.Count == 1)
            {
                // The same reason for two settings and none that was accepted: the request is rejected, and not a value.
                if (_sent.Count == 0 && _rejected.Count == 1 && _rejected[0].Failure is OdcApiException first && string.Equals(first.BodyExcerpt, e.BodyExcerpt, StringComparison.Ordinal))
                {
                    _rejected.Clear();
                    throw;
                }

                _rejected.Add((changes[0], e));
                return this;
            }

            // A rejected request changes nothing, and to set a value twice does no harm.
            var half = changes.Count / 2;
            await SendAsync([.. changes.Take(half)], caller, cancellationToken).ConfigureAwait(false);
            await SendAsync([.. changes.Skip(half)], caller, cancellationToken).ConfigureAwait(false);
        }

        return this;
    }
}
