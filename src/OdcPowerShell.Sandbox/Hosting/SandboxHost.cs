using System.Globalization;
using System.Management.Automation.Host;

namespace OdcPowerShell.Sandbox.Hosting;

/// <summary>The PowerShell engine's view of this program.</summary>
internal sealed class SandboxHost(SandboxUserInterface ui) : PSHost
{
    /// <summary>The number a script gave to <c>exit</c>, or null while nobody has left.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "OdcPowerShell.Sandbox";

    public override Version Version { get; } = typeof(SandboxHost).Assembly.GetName().Version ?? new Version(0, 1);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI => ui;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("The sandbox has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("The sandbox has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
