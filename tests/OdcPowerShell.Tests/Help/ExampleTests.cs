using OdcPowerShell.Tests.Session;

namespace OdcPowerShell.Tests.Help;

/// <summary>The examples of all commands work as they are written. Those that go to other runspaces are run by tests/Pester/Example.Tests.ps1, where the module is installed.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Names => [.. Example.All.Where(e => !e.IsParallel && !e.ReadsEnvironment).Select(e => e.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public Task An_example_works(string name) => RunAsync(name);

    internal static async Task RunAsync(string name, Action<EmulatedTenant>? prepare = null)
    {
        var example = Example.All.Single(e => e.ToString() == name);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await using var lab = await TenantLab.StartAsync();
            Prepare(lab, example, folder.FullName);
            prepare?.Invoke(lab.Tenant);
            // The tenant of the examples stands for the reader's own.
            lab.Run(example.Code.Replace("acme.outsystems.dev", lab.Tenant.Url.ToString(), StringComparison.Ordinal)).ThrowOnError();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Prepare(TenantLab lab, Example example, string folder)
    {
        lab.Run(FakeVault.Install + "; Get-OdcConnection | Disconnect-Odc").ThrowOnError();
        lab.Shell.Connect(lab.Tenant, parameters: "-Name acme").ThrowOnError();
        lab.SpeedUp();
        if (!example.Command.StartsWith("Register-", StringComparison.Ordinal))
            lab.Run("Register-OdcCredential odc-prod -Tenant $tenant -Credential $credential").ThrowOnError();
        // What the reader of an example has: a file of users, a group, a file of Studio, an external library, and files to sign apps with.
        File.WriteAllBytes(Path.Combine(folder, "Calculator.zip"), LibraryFile.Create("Calculator", "action Add Left:Integer Right:Integer >Sum:Integer"));
        File.WriteAllBytes(Path.Combine(folder, "Orders.oml"), SourceFile.Create(Guid.NewGuid(), "WebApplication", "Orders", size: 1000));
        File.WriteAllBytes(Path.Combine(folder, "release.keystore"), MobileBuilds.SigningSamples.Keystore);
        File.WriteAllBytes(Path.Combine(folder, "store.p12"), MobileBuilds.SigningSamples.Certificate);
        File.WriteAllBytes(Path.Combine(folder, "store.mobileprovision"), MobileBuilds.SigningSamples.Profile);
        lab.Shell.Set("folder", folder);
        lab.Run("""
            Set-Location $folder
            'ana@new.example', 'ben@new.example', 'eva@new.example' | ForEach-Object { [pscustomobject]@{ Email = $_; Name = "The user $_" } } | Export-Csv users.csv
            $null = New-OdcGroup Clerks -Stage Production
            foreach ($name in 'payment-key', 'keystore', 'key-alias', 'certificate') { $global:Secrets[$name] = ConvertTo-SecureString 'no secret' -AsPlainText -Force }
            """).ThrowOnError();
        if (example.Command is "Compare-OdcTenant" or "Import-OdcTenant")
        {
            lab.Run("Export-OdcTenant tenant; Export-OdcTenant yesterday").ThrowOnError();
            lab.Shell.Connect(lab.Tenant, parameters: "-Name test").ThrowOnError();
        }

        // Something to undo.
        if (example.Command == "Undo-OdcDeployment")
            lab.Run("$null = Start-OdcDeployment -FromStage QA -Stage Production -Asset 'Order Desk' -Wait -Confirm:$false; $null = Start-OdcDeployment -FromStage Development -Stage QA -Asset 'Order Desk' -BuildIfMissing -Wait").ThrowOnError();
    }
}

/// <summary>The examples that sign in with environment variables.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class EnvironmentExampleTests : IDisposable
{
    public static TheoryData<string> Names => [.. Example.All.Where(e => e.ReadsEnvironment).Select(e => e.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public Task An_example_works(string name) => ExampleTests.RunAsync(name, tenant => EnvironmentTests.SignInBy(tenant));

    public void Dispose() => EnvironmentTests.Clear();
}
