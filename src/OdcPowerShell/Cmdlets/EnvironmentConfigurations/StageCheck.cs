namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Rejects input whose own stage is not one of the tenant, or whose key and name of the stage contradict each other.</summary>
internal static class StageCheck
{
    /// <summary>The error for the stage of an input; null if nothing is wrong with it as far as the API client can see.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="what">A description of the input.</param>
    /// <param name="own">Key and name of the stage that the object or the row names as its own.</param>
    /// <param name="stage">The stage that is specified beside it.</param>
    /// <param name="isShown">Whether the user sees what changes.</param>
    internal static OdcException? Wrong(ConnectedCmdlet cmdlet, string what, (string? Key, string? Name) own, ObjectReference? stage, bool isShown)
    {
        // A stage that was found by its name is one of the tenant.
        var specified = stage is { IsObject: false, Resource: not null } ? null : stage?.Key;
        if ((own.Key ?? specified) is not { } key)
            return null;
        var stages = cmdlet.Client.Names.Stages;
        if (isShown || own.Key is not null || stage?.IsObject == true || (stages.Loaded is { Count: > 0 } && Find() is null))
            cmdlet.Try(Learned);
        if (stages.Loaded is not { Count: > 0 })
            return null;
        if (Find() is not { } found)
        {
            return new OdcException(
                OdcErrorCause.NotFound, $"{MessageText.Capital(what)} belongs to a stage that this tenant does not have, or that this API client can't see: {own.Name ?? stage?.Name ?? key}.",
                "Check the connection: an object of another tenant can't be changed here. Get-OdcStage shows the stages.");
        }

        return own.Name is null || found.Name is null || Guid.TryParse(own.Name, out _) || NameText.IsSame(found.Name, own.Name)
            ? null
            : new OdcException(
                OdcErrorCause.InvalidRequest, $"{MessageText.Capital(what)} has a StageKey and a StageName that contradict each other: the key is that of stage {found.Name}, and the name is {own.Name}.",
                "Correct one of them, or leave one out.");

        OdcStage? Find() => stages.Loaded?.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase));

        // If the stages can't be read, the request of the change shows what is wrong.
        async Task<object?> Learned(CancellationToken stopped)
        {
            await stages.LearnAsync(cmdlet.Caller, stopped);
            return null;
        }
    }
}
