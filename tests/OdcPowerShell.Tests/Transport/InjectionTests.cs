using System.Management.Automation;
using System.Net.Sockets;
using System.Text;
using OdcPowerShell.Http;
using OdcPowerShell.Tests.Contract.Specs;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Transport;

/// <summary>
/// Line ends and NUL in every parameter of every cmdlet that takes text: none reaches the wire, and no header or request is added. Cmdlets
/// and parameters are found by reflection, so new ones are among them.
/// </summary>
public sealed class InjectionTests
{
    /// <summary>Each would add a header, or end it, if it were sent as it is; the mark behind it tells.</summary>
    private static readonly string[] Endings = ["\r\nInjected: yes", "\nInjected: yes", "\rInjected: yes", "\0Injected: yes", "\r\n\r\nGET /Injected HTTP/1.1\r\n\r\n"];

    private static readonly string[] Marks = ["\rInjected", "\nInjected", "\0", "\nGET /Injected"];

    public static TheoryData<Type> Cmdlets => [.. Module.CmdletTypes];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task No_text_parameter_adds_to_a_request(Type cmdlet)
    {
        await using var recorder = await Recorder.StartAsync();
        await using var wire = new Wire(new Uri(recorder.Url));
        RateBudgets.Shared.Set(wire.Url, TimeSpan.Zero);
        using var shell = new Shell();
        shell.Set("credential", new PSCredential("recorder", Shell.Secure("no secret")));
        shell.Run(FakeVault.Install + "; $global:Secrets.odc = $credential").ThrowOnError();
        var faults = new List<string>();
        foreach (var (parameter, set) in TextParameters.Of(cmdlet))
        {
            foreach (var ending in Endings)
            {
                shell.Run($"Connect-Odc {wire.Url} -Credential $credential -Force -MaximumRetryCount 0").ThrowOnError();
                wire.Forget();
                var error = TextParameters.Run(shell, cmdlet, parameter, set, wire.Url, ending);
                var call = $"{cmdlet.CmdletName()} -{parameter.Name} ({set}) with {ending.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal)}";
                if (Array.Find(Marks, m => wire.Sent.Contains(m, StringComparison.Ordinal)) is not null)
                    faults.Add($"{call} sent it as it is:\n{wire.Sent}");
                if (error is not (null or OdcException or ParameterBindingException))
                    faults.Add($"{call} ended in {error}");
            }
        }

        Faults.None(faults);
    }

    [Fact]
    public async Task Text_that_is_sent_is_sent_escaped()
    {
        await using var recorder = await Recorder.StartAsync();
        await using var wire = new Wire(new Uri(recorder.Url));
        RateBudgets.Shared.Set(wire.Url, TimeSpan.Zero);
        using var shell = new Shell();
        shell.Set("credential", new PSCredential("recorder", Shell.Secure("no secret")));
        shell.Run($"Connect-Odc {wire.Url} -Credential $credential; Get-OdcUser -NameOrEmail \"a`r`nInjected: yes\"").Error.MustBe("OdcNotFound");
        Assert.Contains("?nameOrEmailContains=a%0D%0AInjected%3A%20yes&limit=100 HTTP/1.1\r\n", wire.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_injected_would_be_seen()
    {
        await using var recorder = await Recorder.StartAsync();
        await using var wire = new Wire(new Uri(recorder.Url));
        using var caller = new TcpClient();
        await caller.ConnectAsync(wire.Url.Host, wire.Url.Port, TestContext.Current.CancellationToken);
        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\nConnection: close" + Endings[0] + "\r\n\r\n"), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(caller.GetStream());
        await answer.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\nInjected: yes", wire.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_that_can_hold_text_is_among_them() =>
        Faults.None(from cmdlet in Module.CmdletTypes
                    from parameter in cmdlet.Parameters()
                    where parameter.PropertyType == typeof(string) || parameter.PropertyType == typeof(string[])
                    where TextParameters.Of(cmdlet).All(p => p.Parameter.Name != parameter.Name)
                    select $"{cmdlet.CmdletName()} -{parameter.Name}");
}
