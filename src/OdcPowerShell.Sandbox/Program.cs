using OdcPowerShell.Sandbox;

SandboxOptions options;
try
{
    options = SandboxOptions.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message} -Help lists what there is.");
    return 2;
}

if (!options.Help) return await SandboxProgram.RunAsync(options);
Console.Out.WriteLine(SandboxProgram.Usage);
return 0;
