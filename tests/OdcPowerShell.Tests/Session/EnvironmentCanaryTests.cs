namespace OdcPowerShell.Tests.Session;

/// <summary>The canary where the secret is in an environment variable, and where a runner must be told of it.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class EnvironmentCanaryTests : IDisposable
{
    [Fact]
    public async Task Nothing_shows_the_secret_of_a_variable()
    {
        await using var lab = await Lab.StartAsync();
        EnvironmentTests.SignInBy(lab["acme"]);
        CanaryTests.NothingIsShown(lab["acme"], "Connect-Odc -EnvironmentVariable -PassThru -Name env");
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "::add-mask::")]
    [InlineData("TF_BUILD", "##vso[task.setsecret]")]
    public async Task A_runner_is_told_to_mask_a_token_before_it_is_written(string variable, string command)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var (console, output) = (Console.Out, new StringWriter());
        Environment.SetEnvironmentVariable(variable, "True".ToLowerInvariant());
        Console.SetOut(output);
        try
        {
            var token = shell.Run("Get-OdcAccessToken -AsPlainText").Single<string>();
            Assert.Equal(command + token, output.ToString().TrimEnd());
            shell.Run("$null = Get-OdcAccessToken").ThrowOnError();
            Assert.Equal(command + token, output.ToString().TrimEnd());
        }
        finally
        {
            Console.SetOut(console);
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    public void Dispose() => EnvironmentTests.Clear();
}
