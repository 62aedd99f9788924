try
{
    if (SandboxOptions.Parse(args) is { } options)
        return await RunAsync(options);
    Console.Out.WriteLine(SandboxOptions.Usage);
    return 0;
}
catch (Exception exception) when (exception is SandboxException or SocketException)
{
    Console.Error.WriteLine(exception is SocketException ? $"The emulator can't listen on the port of -Port, or on the next one: {exception.Message}" : exception.Message);
    return 2;
}

static async Task<int> RunAsync(SandboxOptions options)
{
    var start = options.UseInstalled ? Pwsh.Installed() : await Pwsh.PinnedAsync();
    await using var emulator = await OdcEmulator.StartAsync(new EmulatorOptions { Users = options.Users, Seed = options.Seed, Port = options.Port }.Recent());
    var admin = emulator["acme"].Clients["admin"];
    start.Environment["ODC_TENANT_URL"] = emulator["acme"].Url.ToString();
    (start.Environment["ODC_CLIENT_ID"], start.Environment["ODC_CLIENT_SECRET"]) = (admin.ClientId, admin.Secret);
    start.Environment["ODC_SANDBOX"] = new JsonArray([.. emulator.Tenants.SelectMany(t => t.Clients.Select(c =>
        new JsonObject { ["Tenant"] = t.Name, ["Url"] = t.Url.ToString(), ["Client"] = c.Key, ["Id"] = c.Value.ClientId, ["Secret"] = c.Value.Secret }))]).ToJsonString();
    // A prompt to try things in sends nothing about itself, asks for nothing, and keeps its cache here.
    (start.Environment["POWERSHELL_TELEMETRY_OPTOUT"], start.Environment["POWERSHELL_UPDATECHECK"], start.Environment["XDG_CACHE_HOME"]) = ("1", "Off", Path.Combine(AppContext.BaseDirectory, "cache"));
    // An emulator's limits begin anew with each start.
    start.Environment["ODC_RATE_LIMIT_FOLDER"] = "none";
    start.Environment["LC_ALL"] = Language.Of(Environment.GetEnvironmentVariable);
    var hasTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
    // Without this, pwsh writes colours even to a file or a pipe.
    if (!hasTerminal)
        start.Environment["NO_COLOR"] = "1";
    options.Arguments(hasTerminal).ToList().ForEach(start.ArgumentList.Add);
    using var process = Process.Start(start)!;
    // Ctrl+C reaches both processes, and only pwsh reacts to it. When the sandbox is terminated, it also ends its pwsh.
    Console.CancelKeyPress += (_, press) => press.Cancel = true;
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Kill), hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Kill);
    await process.WaitForExitAsync();
    return process.ExitCode;
    void Kill(PosixSignalContext signal) => process.Kill();
}
