namespace OdcPowerShell.Help;

/// <summary>What the documentation lacks, and the columns that cannot be; any of it fails the build.</summary>
internal sealed class Faults
{
    private readonly List<string> _messages = [];

    internal void Add(string what, string message) => _messages.Add($"{what}: {message}");

    /// <summary>Writes each fault in the form that MSBuild shows as an error; whether there was any.</summary>
    internal bool Report(TextWriter output)
    {
        foreach (var message in _messages)
            output.WriteLine("OdcPowerShell.Help : error ODCHELP: " + message);
        return _messages.Count > 0;
    }
}
