using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using OdcPowerShell.Emulator;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>A runspace of the hosted engine with this build of the module imported, unless it is wanted bare.</summary>
internal sealed class Shell : IDisposable
{
    // Read once: to read them for each runspace takes as long as all else that opening it does.
    private static readonly FormatTable Formats = new([.. InitialSessionState.CreateDefault2().Formats.Select(f => f.FileName), ModuleFiles.FormatFile]);
    private static readonly TypeTable Types = TypeTable.LoadDefaultTypeFiles();
    private readonly Runspace _runspace;

    /// <param name="host">What it writes to; null for a new one.</param>
    /// <param name="bare">Whether it is as a new PowerShell is: without this module, and with those of PowerShell found when they are needed.</param>
    /// <param name="changesTypes">Whether its scripts use Update-TypeData, for which it must have a table of types of its own.</param>
    internal Shell(RecordingHost? host = null, bool bare = false, bool changesTypes = false)
    {
        Host = host ?? new RecordingHost();
        // The first command of a module that isn't loaded costs 35 ms in each runspace: CreateDefault has the commands of PowerShell's own.
        var state = bare ? InitialSessionState.CreateDefault2() : InitialSessionState.CreateDefault();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        if (!bare)
        {
            state.ImportPSModule([ModuleFiles.Assembly]);
            state.Formats.Clear();
            state.Formats.Add(new SessionStateFormatEntry(Formats));
            if (!changesTypes)
            {
                state.Types.Clear();
                state.Types.Add(new SessionStateTypeEntry(Types));
            }
        }

        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
        Surroundings.ShowOnlyOwnModules();
    }

    internal RecordingHost Host { get; }

    internal Runspace Runspace => _runspace;

    /// <summary>A shell signed in to a tenant of the emulator, as "admin" unless another client is named.</summary>
    internal static Shell Connected(EmulatedTenant tenant, string client = "admin", string parameters = "")
    {
        var shell = new Shell();
        shell.Connect(tenant, client, parameters).ThrowOnError();
        return shell;
    }

    internal Result Connect(EmulatedTenant tenant, string client = "admin", string parameters = "")
    {
        Set("credential", Credential(tenant.Clients[client]));
        Set("tenant", tenant.Url.ToString());
        return Run("Connect-Odc -Tenant $tenant -Credential $credential " + parameters);
    }

    internal void Set(string variable, object? value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    /// <summary>Runs a script and keeps all that came of it, a terminating error included.</summary>
    internal Result Run(string script, params object[] input)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        var output = new PSDataCollection<PSObject>();
        RuntimeException? terminating = null;
        try
        {
            shell.Invoke(input, output);
        }
        catch (RuntimeException e)
        {
            terminating = e;
        }

        return Result.From(output, shell.Streams, terminating);
    }

    /// <summary>The terminating error of a script; what a catch block would see.</summary>
    internal ErrorRecord Catch(string script)
    {
        var caught = Run("try { " + script + "\n } catch { , $_ }").Output;
        return Assert.IsType<ErrorRecord>(Assert.Single(caught).BaseObject);
    }

    /// <summary>A script that is still running, on a thread of its own: BeginInvoke would run it on this one.</summary>
    internal (PowerShell Shell, Task<IReadOnlyList<PSObject>> Running) Start(string script)
    {
        var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        return (shell, Task.Run<IReadOnlyList<PSObject>>(() => [.. shell.Invoke()]));
    }

    internal static PSCredential Credential(ApiClient client) => new(client.ClientId, Secure(client.Secret));

    internal static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var c in text)
            secure.AppendChar(c);
        return secure;
    }

    public void Dispose() => _runspace.Dispose();
}
