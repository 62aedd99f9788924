using OdcPowerShell.Http;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.Samples;

/// <summary>Runs the steps of a pipeline as written, as a runner does: in a folder that was checked out, with its variables, and until one fails.</summary>
internal sealed class Runner : IDisposable
{
    private const string StandIns = """
        function Connect-Odc { OdcPowerShell\Connect-Odc @args; $speedUp.Invoke((OdcPowerShell\Get-OdcConnection -Default)) }
        """;

    private readonly StageLab _lab;
    private readonly bool _isAzure;
    private readonly DirectoryInfo _checkedOut = Directory.CreateTempSubdirectory();
    private readonly Dictionary<string, string> _values;

    internal Runner(StageLab lab, bool isAzure, string client = "admin")
    {
        (_lab, _isAzure) = (lab, isAzure);
        var found = lab.Tenant.Clients[client];
        Secret = found.Secret;
        _values = new(StringComparer.Ordinal)
        {
            ["ODC_TENANT_URL"] = lab.Tenant.Url.ToString(), ["ODC_CLIENT_ID"] = found.ClientId, ["ODC_CLIENT_SECRET"] = Secret, ["assets"] = "Order Desk, Claims",
        };
        var deploy = _checkedOut.CreateSubdirectory("deploy");
        File.Copy(Path.Combine(SampleFile.Folder, "Deploy-OdcAsset.ps1"), Path.Combine(deploy.FullName, "Deploy-OdcAsset.ps1"));
        lab.Run($"Set-Location '{_checkedOut.FullName}'").ThrowOnError();
        // The operations of the emulator take a part of a second.
        lab.Shell.Set("speedUp", new Action<OdcConnection>(c => c.Client.Polling = new PollPlan(TimeSpan.FromMilliseconds(60), TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(60))));
        lab.Run("Get-OdcConnection | Disconnect-Odc;" + StandIns).ThrowOnError();
    }

    internal string Secret { get; }

    /// <summary>All that the steps wrote, and the exit code of the last one that ran.</summary>
    internal (int Code, string Log) Run(IEnumerable<PipelineStep> steps)
    {
        var log = new List<string>();
        // The module is here already; the README's tests install it from the package.
        foreach (var step in steps.Where(s => !s.Text.StartsWith("Install-PSResource ", StringComparison.Ordinal)))
        {
            var result = Run(step);
            log.AddRange(result.Output.Select(o => o.ToString()!).Concat(result.Warnings).Concat(result.Errors.Select(e => e.ToString())));
            var code = result.HasError ? 1 : (int?)_lab.Shell.Runspace.SessionStateProxy.GetVariable("LASTEXITCODE") ?? 0;
            if (code != 0)
                return (code, Text(log, result.Terminating));
        }

        return (0, Text(log, ended: null));
    }

    private string Text(IEnumerable<string> log, Exception? ended) => string.Join('\n', [.. log, _lab.Shell.Host.Text, ended?.Message ?? ""]);

    private Result Run(PipelineStep step)
    {
        var set = new Dictionary<string, string>(step.Resolve(_values), StringComparer.Ordinal) { [_isAzure ? "TF_BUILD" : "GITHUB_ACTIONS"] = _isAzure ? "True" : "true" };
        // A variable group is in the environment of each step, but for its secrets.
        foreach (var name in _isAzure ? ["ODC_TENANT_URL", "ODC_CLIENT_ID"] : Array.Empty<string>())
            set.TryAdd(name, _values[name]);
        foreach (var (name, value) in set)
            Environment.SetEnvironmentVariable(name, value);
        try
        {
            return _lab.Run("$ErrorActionPreference = 'stop'\n" + step.Text);
        }
        finally
        {
            foreach (var name in set.Keys)
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    public void Dispose() => _checkedOut.Delete(recursive: true);
}
