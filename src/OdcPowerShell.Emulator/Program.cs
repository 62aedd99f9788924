using System.CommandLine;
using System.Net.Sockets;

namespace OdcPowerShell.Emulator;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var port = Number("--port", "Port of the first tenant; 0 for any free one.", 0);
        var users = Number("--users", "Users in each tenant.", 250);
        var seed = Number("--seed", "What keys, secrets and users are made from.", 1);
        var lifetime = Number("--token-lifetime", "Lifetime of access tokens in seconds.", TimeSpan.FromHours(12).TotalSeconds);
        var noLimits = new Option<bool>("--no-limits") { Description = "Never answer 429." };
        var recent = new Option<bool>("--recent") { Description = "Dates of the last two months. Without it, the same dates on every day." };
        var latency = Number("--latency", "Milliseconds added to every API answer.", 0);
        var bulk = Number("--bulk-duration", "Milliseconds a bulk operation on users takes.", 300);
        var assets = Number("--assets", "Assets in each tenant; never fewer than the fixed ones.", 0);
        var duration = Number("--operation-duration", "Milliseconds that builds, deployments, analyses and the like take.", 200);

        var command = new RootCommand("An OutSystems Developer Cloud tenant on loopback.")
        {
            port, users, seed, lifetime, noLimits, recent, latency, bulk, assets, duration,
        };
        command.SetAction((arguments, cancellationToken) =>
        {
            var options = new EmulatorOptions
            {
                Port = arguments.GetValue(port),
                Users = arguments.GetValue(users),
                Seed = arguments.GetValue(seed),
                TokenLifetime = TimeSpan.FromSeconds(arguments.GetValue(lifetime)),
                EnforceLimits = !arguments.GetValue(noLimits),
                Latency = TimeSpan.FromMilliseconds(arguments.GetValue(latency)),
                BulkDuration = TimeSpan.FromMilliseconds(arguments.GetValue(bulk)),
                Assets = arguments.GetValue(assets),
                OperationDuration = TimeSpan.FromMilliseconds(arguments.GetValue(duration)),
                LogToStandardError = true,
            };
            return RunAsync(arguments.GetValue(recent) ? options.Recent() : options, arguments.InvocationConfiguration.Output, cancellationToken);
        });
        return command.Parse(args).InvokeAsync();
    }

    private static Option<T> Number<T>(string name, string description, T value)
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] }])
                result.AddError($"{name} must not be negative.");
        });
        return option;
    }

    private static async Task<int> RunAsync(EmulatorOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await using var emulator = await OdcEmulator.StartAsync(options, cancellationToken);
            foreach (var line in emulator.Tenants.SelectMany(Lines))
                await output.WriteLineAsync(line);
            await output.WriteLineAsync("Press Ctrl+C to stop.");
            await output.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (SocketException e)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on port {options.Port}: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await output.WriteLineAsync("Stopped.");
        }

        return 0;
    }

    private static IEnumerable<string> Lines(EmulatedTenant tenant)
    {
        var admin = tenant.Clients["admin"];
        var secret = admin.Secret.Replace("'", "''", StringComparison.Ordinal);
        return
        [
            $"{tenant.Name}  {tenant.Url}",
            .. tenant.Clients.Select(client => $"  {client.Key,-10} {client.Value.ClientId}  {client.Value.Secret}"),
            $"  To sign in: $env:ODC_TENANT_URL = '{tenant.Url}'; $env:ODC_CLIENT_ID = '{admin.ClientId}'; " +
            $"$env:ODC_CLIENT_SECRET = '{secret}'; Connect-Odc -EnvironmentVariable",
            $"  Switches (limits, faults, answers, clients): GET {tenant.Url}_emulator",
        ];
    }
}
