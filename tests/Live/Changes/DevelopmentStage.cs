using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Live.Changes;

/// <summary>Finds the stage of <c>--stage</c> before anything else runs: a wrong one ends the run at once.</summary>
internal static class DevelopmentStage
{
    /// <summary>The key of the stage.</summary>
    /// <exception cref="CannotRunException">The stages can't be read, the stage is absent, or it is not for development.</exception>
    internal static async Task<string> FindAsync(Service service, string? name)
    {
        var answer = await service.SendAsync(PortfoliosApi.ListEnvironments, KeySet.None);
        if (answer.Status is 401 or 403)
            throw new CannotRunException("The API client may not read the stages: --allow-changes needs the permission Stage > View stage. Nothing was changed.");
        if (!answer.IsSuccess || answer.Json is null)
            throw new CannotRunException($"The stages could not be read ({answer.Result}): nothing was changed.");
        var stage = answer.Items.FirstOrDefault(s => string.Equals(Answer.Text(s, "name"), name, StringComparison.OrdinalIgnoreCase));
        if (KeyRing.KeyOf(stage) is not { } key)
            throw new CannotRunException("The tenant has no stage with the name of --stage, or the API client may not see it: nothing was changed.");
        return Answer.Text(stage, "purpose") == "Development" ? key : throw new CannotRunException("The stage of --stage is not a Development stage: nothing was changed.");
    }
}
