using System.Globalization;

namespace OdcPowerShell.Live;

/// <summary>What a run may do. Secrets are not among it: they come from environment variables.</summary>
internal sealed record LiveOptions
{
    internal const string Usage = """
        Compares the answers of a live tenant with what OdcPowerShell expects, and writes a report without data of the tenant.
          --tenant <host>           instead of ODC_TENANT_URL
          --specifications <folder> the official OpenAPI files, to compare with these too
          --report <folder>         where live-report.json and live-report.md are written; usually artifacts/live
          --rate-share <0.1..1>     the part of the rate limits that the run may use; usually 0.5
          --allow-changes --stage <name>  creates objects of its own, named OdcPowerShellLiveCheck…, in this Development stage, and removes them
          --measure-limits          sends requests until a limit is reached, once
        The API client is read from ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET, or a token from ODC_LIVE_ACCESS_TOKEN.
        Ends with 0: nothing found, 1: deviations found, 2: could not run.
        """;

    internal string? Tenant { get; init; }

    internal string? Specifications { get; init; }

    internal string Report { get; init; } = Path.Combine("artifacts", "live");

    internal double RateShare { get; init; } = 0.5;

    internal bool AllowChanges { get; init; }

    internal string? Stage { get; init; }

    internal bool MeasureLimits { get; init; }

    /// <summary>Before a failed request is sent a second time.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a request may take.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <exception cref="CannotRunException">An argument is unknown or without its value.</exception>
    internal static LiveOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LiveOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--tenant" => options with { Tenant = Value(ref i) },
                "--specifications" => options with { Specifications = Value(ref i) },
                "--report" => options with { Report = Value(ref i) },
                "--stage" => options with { Stage = Value(ref i) },
                "--rate-share" => options with { RateShare = Share(Value(ref i)) },
                "--allow-changes" => options with { AllowChanges = true },
                "--measure-limits" => options with { MeasureLimits = true },
                // Not repeated: a secret may stand there by mistake.
                _ => throw new CannotRunException($"Argument {i + 1} is none that this program knows.\n{Usage}"),
            };
        }

        if (options.AllowChanges && options.Stage is null)
            throw new CannotRunException("--allow-changes needs --stage with the name of a Development stage.");
        if (options.Specifications is { } folder && !Directory.Exists(folder))
            throw new CannotRunException("The folder of --specifications is not there.");
        return options;

        string Value(ref int i) => i + 1 < arguments.Count ? arguments[++i] : throw new CannotRunException($"{arguments[i]} needs a value.");

        static double Share(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0.1 and <= 1
            ? share
            : throw new CannotRunException("--rate-share must be from 0.1 to 1.");
    }
}

/// <summary>The run can't begin, or can't be finished; the message is one plain line for the user.</summary>
internal sealed class CannotRunException(string message, Exception? inner = null) : Exception(message, inner);
