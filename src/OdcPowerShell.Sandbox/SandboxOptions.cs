namespace OdcPowerShell.Sandbox;

/// <summary>An error of the sandbox, in one line. The sandbox ends with exit code 2.</summary>
internal sealed class SandboxException(string message) : Exception(message);

/// <summary>The options of the command line, and the arguments of pwsh for them. The script is the text of -Command, or the call of -File.</summary>
internal sealed partial record SandboxOptions(string? Script, bool NoTour, bool UseInstalled, int Users, int Seed, int Port)
{
    public const string Usage = """
        A PowerShell prompt with the OdcPowerShell module, connected to an emulated ODC tenant on this machine.
          dotnet run --project src/OdcPowerShell.Sandbox [-- options]

          (none)              a short tour, then the prompt; without a terminal the tour alone
          -NoTour             straight to the prompt
          -Command <text>     run the text and exit; everything after it is part of the text
          -File <path> [args] run the script with the arguments and exit
          -UseInstalled       the pwsh of this machine (7.4 or later) instead of the pinned one
          -Users <n>          users of the tenant (250)
          -Seed <n>           another number makes other names (1)
          -Port <n>           port of the tenant acme; globex takes the next one (any free port)
          -Help               this text
        Exit codes: that of the script; 1 when the last line or a step of the tour failed; 2 when the sandbox can't start.
        """;

    /// <returns>Null when the text of the usage is asked for.</returns>
    /// <exception cref="SandboxException">An option is unknown, or its value is missing or wrong.</exception>
    public static SandboxOptions? Parse(IReadOnlyList<string> arguments)
    {
        var (script, noTour, useInstalled, users, seed, port) = (default(string), false, false, 250, 1, 0);
        for (var index = 0; index < arguments.Count && script is null; index++)
        {
            var name = arguments[index];
            string Value() => ++index < arguments.Count ? arguments[index] : throw new SandboxException($"{name} needs a value.");
            int Number(int least, int most) => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new SandboxException($"{name} needs a whole number from {least} to {most}, not '{arguments[index]}'.");
            switch (name.ToUpperInvariant())
            {
                case "-HELP" or "--HELP" or "-H" or "-?": return null;
                case "-NOTOUR": noTour = true; break;
                case "-USEINSTALLED": useInstalled = true; break;
                case "-USERS": users = Number(1, 1_000_000); break;
                case "-SEED": seed = Number(0, int.MaxValue); break;
                case "-PORT": port = Number(1, 65534); break;
                // As with pwsh, everything that follows belongs to the text or to the script.
                case "-COMMAND": script = string.Join(' ', arguments.Skip(index + 2).Prepend(Value())); break;
                case "-FILE": script = CallOf(Value(), arguments.Skip(index + 1)); break;
                default: throw new SandboxException($"{name} is not an option of the sandbox; -Help lists them.");
            }
        }

        return new SandboxOptions(script, noTour, useInstalled, users, seed, port);
    }

    /// <summary>The arguments of pwsh. A profile may sign in to a real tenant, so it is left out.</summary>
    public IEnumerable<string> Arguments(bool hasTerminal)
    {
        var start = Path.Combine(AppContext.BaseDirectory, "Start.ps1");
        string[] common = ["-NoLogo", "-NoProfile", hasTerminal ? "-NoExit" : "-NonInteractive", "-File", start];
        return Script is null
            ? [.. common, .. NoTour ? Array.Empty<string>() : ["-Tour"], .. hasTerminal ? Array.Empty<string>() : ["-NoPrompt"]]
            : ["-NoLogo", "-NoProfile", "-Command", $". {Quote(start)}\n{Script}"];
    }

    /// <summary>A call of the script that ends with the script's exit code.</summary>
    private static string CallOf(string path, IEnumerable<string> arguments)
    {
        if (!File.Exists(path))
            throw new SandboxException($"There is no script '{path}'.");
        // -Name, -Name:$true and -Name:text must reach the script as parameters, not as text.
        var words = arguments.Select(word => ParameterName().Match(word) is { Success: true, Groups: var parts }
            ? parts["name"].Value + (parts["text"].Value is "" or "$true" or "$false" ? parts["text"].Value : Quote(parts["text"].Value)) : Quote(word)).Prepend(Quote(Path.GetFullPath(path)));
        // A script that can't be read, or that requires what is not there, has no exit code of its own.
        return $"$global:LASTEXITCODE = 0; & {string.Join(' ', words)}; if (-not $?) {{ if ($LASTEXITCODE) {{ exit $LASTEXITCODE }}; if ($Error[0].Exception.GetType().Name -in 'ParseException', 'ScriptRequiresException') {{ exit 1 }} }}; exit 0";
    }

    private static string Quote(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^(?<name>-[a-z_]\w*:?)(?<text>(?<=:).+)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ParameterName();
}
