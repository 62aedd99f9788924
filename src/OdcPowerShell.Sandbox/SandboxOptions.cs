using System.Globalization;

namespace OdcPowerShell.Sandbox;

/// <summary>What the command line asks for.</summary>
internal sealed record SandboxOptions
{
    public bool Help { get; private init; }

    public bool NoTour { get; private init; }

    public bool Pwsh { get; private init; }

    public int Users { get; private init; } = 250;

    public int Seed { get; private init; } = 1;

    /// <summary>The PowerShell text of -Command or -File, or null for a prompt.</summary>
    public string? Script { get; private init; }

    /// <exception cref="FormatException">An argument is unknown, or its value is missing or wrong.</exception>
    public static SandboxOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SandboxOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            string Value() => ++index < arguments.Count ? arguments[index] : throw new FormatException($"{name} needs a value.");
            switch (name.ToUpperInvariant())
            {
                case "-HELP" or "--HELP" or "-H" or "-?": options = options with { Help = true }; break;
                case "-NOTOUR": options = options with { NoTour = true }; break;
                case "-PWSH": options = options with { Pwsh = true }; break;
                case "-USERS": options = options with { Users = Number(name, Value()) }; break;
                case "-SEED": options = options with { Seed = Number(name, Value()) }; break;
                // As with pwsh, everything that follows belongs to the command or to the script.
                case "-COMMAND": return options with { Script = Value() + string.Concat(arguments.Skip(index + 1).Select(word => " " + word)) };
                case "-FILE": return options with { Script = ScriptText.OfFile(Value(), arguments.Skip(index + 1)) };
                default: throw new FormatException($"{name} is not an option of the sandbox.");
            }
        }

        return options;
    }

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{name} needs a whole number, not '{value}'.");
}
