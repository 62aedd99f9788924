using System.Management.Automation;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>What every error of the module must have.</summary>
internal static class Errors
{
    internal static string Id(this ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The id, one that is documented, with a category and with an action that says more than the message.</summary>
    internal static ErrorRecord MustBe(this ErrorRecord error, string id)
    {
        Assert.Equal((id, error.ToString()), (error.Id(), error.ToString()));
        Assert.IsAssignableFrom<OdcException>(error.Exception);
        Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Contains(error.Id(), File.ReadAllText(Path.Combine(ModuleFiles.Repository, "module", "en-US", "about_OdcErrors.help.txt")), StringComparison.Ordinal);
        return error;
    }
}
