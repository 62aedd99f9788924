using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;
using Microsoft.Testing.Platform.Services;

namespace OdcPowerShell.Pester.Tests;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var builder = await TestApplication.CreateBuilderAsync(args);
        builder.CommandLine.AddProvider(() => new SuiteOption());
        builder.RegisterTestFramework(
            _ => new TestFrameworkCapabilities(),
            (_, services) => new PesterFramework(SuiteOption.Of(services.GetCommandLineOptions())));
        using var application = await builder.BuildAsync();
        return await application.RunAsync();
    }

    /// <summary><c>--suite Vault</c> runs one of the suites; wildcards work.</summary>
    private sealed class SuiteOption : ICommandLineOptionsProvider
    {
        private const string Name = "suite";

        public string Uid => nameof(SuiteOption);

        public string Version => "1.0.0";

        public string DisplayName => "Pester suites";

        public string Description => "Chooses the Pester suites to run.";

        internal static string Of(ICommandLineOptions options) => options.TryGetOptionArgumentList(Name, out var names) ? names[0] : "*";

        public Task<bool> IsEnabledAsync() => Task.FromResult(true);

        public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
            [new(Name, "Runs only the suite of this name, as in Vault.Tests.ps1; wildcards work.", ArgumentArity.ExactlyOne, isHidden: false)];

        public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) => ValidationResult.ValidTask;

        public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) => ValidationResult.ValidTask;
    }
}
