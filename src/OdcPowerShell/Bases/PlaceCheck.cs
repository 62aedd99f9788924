namespace OdcPowerShell.Bases;

/// <summary>
/// Compares objects with the stage and the asset that the user specified. A name is looked up there; an object or a key is of the stage that it is of,
/// and would be changed where the user did not mean it.
/// </summary>
internal sealed class PlaceCheck(OdcClient client)
{
    private readonly Dictionary<(Type Type, string Key), OdcResource> _read = [];

    /// <summary>Whether an object of this type is of a stage, and the user specified one.</summary>
    internal static bool Concerns(ObjectReference reference, NameScope within) => reference.Type.Place is not null && (within.StageKeys is { Count: > 0 } || within.AssetKey is not null);

    /// <exception cref="OdcException">The object is of another stage or asset, or there is none with this key.</exception>
    internal async Task<ObjectReference> RequireAsync(ObjectReference reference, string key, NameScope within, ICaller caller, CancellationToken cancellationToken)
    {
        var type = reference.Type;
        if (reference.Known is not OdcResource found || !type.Type.IsInstanceOfType(found) || type.Place!(found).StageKey is null)
        {
            found = await ReadAsync(type, key, caller, cancellationToken);
            reference.Learn(found);
        }

        var place = type.Place!(found);
        if (within.Fits(place))
            return reference;
        await client.Names.Stages.LearnAsync(caller, cancellationToken);
        var isOfStage = (within with { AssetKey = null }).Fits(place);
        var (what, wanted, parameter) = isOfStage
            ? ("asset", client.Names.AssetNames.Of(within.AssetKey) ?? within.AssetKey, "-Asset")
            : ("stage", string.Join(", ", within.StageKeys!.Select(s => client.Names.Stages.NameOf(s) ?? s)), "-Stage");
        var own = isOfStage ? client.Names.AssetNames.Of(place.AssetKey) ?? place.AssetKey : client.Names.Stages.NameOf(place.StageKey) ?? place.StageKey;
        var name = (found as INamed)?.Name is { } known ? $"{type.Noun} '{known}'" : $"{type.Noun} {key}";
        throw new OdcException(
            OdcErrorCause.InvalidRequest, $"The {name} is of the {what} {own}, and not of {wanted}.", $"Leave {parameter} out for objects and keys, or specify an object of that {what}.");
    }

    private async Task<OdcResource> ReadAsync(ResourceType type, string key, ICaller caller, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue((type.Type, key.ToUpperInvariant()), out var found))
        {
            try
            {
                found = await type.Read!(client, key, caller, cancellationToken) ?? throw type.NotFoundKey(key);
            }
            catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
            {
                throw type.NotFoundKey(key);
            }

            _read[(type.Type, key.ToUpperInvariant())] = found;
        }

        return found;
    }
}
