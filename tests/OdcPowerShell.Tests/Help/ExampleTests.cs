using System.Collections;
using System.Management.Automation.Language;
using OdcPowerShell.Tests.Session;

namespace OdcPowerShell.Tests.Help;

/// <summary>The examples of all commands work as they are written. Those that need commands of a full pwsh or other runspaces are run by tests/Pester/Example.Tests.ps1.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class ExampleTests
{
    private static readonly Lazy<IReadOnlySet<string>> AtHand = new(CommandsAtHand);

    private static IEnumerable<Example> Here => Example.All.Where(e => !e.IsParallel && e.Calls.All(AtHand.Value.Contains));

    public static TheoryData<string> Names => [.. Here.Select(e => e.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_example_works(string name)
    {
        var example = Example.All.Single(e => e.ToString() == name);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await using var lab = await TenantLab.StartAsync();
            Prepare(lab, example, folder.FullName);
            // The tenant of the examples stands for the reader's own.
            lab.Run(example.Code.Replace("acme.outsystems.dev", lab.Tenant.Url.ToString(), StringComparison.Ordinal)).ThrowOnError();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_other_example_is_run_by_the_Pester_suite()
    {
        var borrowed = Borrowed();
        var others = Example.All.Except(Here).ToList();
        Faults.None(others.Where(e => !e.IsParallel && !e.Calls.Any(borrowed.Contains))
            .Select(e => $"{e} calls {string.Join(", ", e.Calls.Where(c => !AtHand.Value.Contains(c)))}: add it to $Borrowed in tests/Pester/Example.Tests.ps1"));
        Faults.None(borrowed.Where(b => AtHand.Value.Contains(b) || !others.Any(e => e.Calls.Contains(b))).Select(b => $"{b} does not belong in $Borrowed"));
    }

    private static void Prepare(TenantLab lab, Example example, string folder)
    {
        var client = lab.Tenant.Clients["admin"];
        lab.Run(FakeVault.Install + "; Get-OdcConnection | Disconnect-Odc").ThrowOnError();
        lab.Shell.Connect(lab.Tenant, parameters: "-Name acme").ThrowOnError();
        lab.SpeedUp();
        if (!example.Command.StartsWith("Register-", StringComparison.Ordinal))
            lab.Run("Register-OdcCredential odc-prod -Tenant $tenant -Credential $credential").ThrowOnError();
        Environment.SetEnvironmentVariable("ODC_TENANT_URL", lab.Tenant.Url.ToString());
        Environment.SetEnvironmentVariable("ODC_CLIENT_ID", client.ClientId);
        Environment.SetEnvironmentVariable("ODC_CLIENT_SECRET", client.Secret);
        File.WriteAllBytes(Path.Combine(folder, "Orders.oml"), SourceFile.Create(Guid.NewGuid(), "WebApplication", "Orders", size: 1000));
        lab.Shell.Runspace.SessionStateProxy.Path.SetLocation(folder);
    }

    /// <summary>The commands that the hosted engine has: the module's and PowerShell's core.</summary>
    private static IReadOnlySet<string> CommandsAtHand()
    {
        using var shell = new Shell();
        return shell.Run("(Get-Command -CommandType Cmdlet, Alias -Module OdcPowerShell).Name; (Get-Command -CommandType Cmdlet -Module Microsoft.PowerShell.Core).Name").All<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The list by which the Pester suite chooses its examples.</summary>
    private static IReadOnlyList<string> Borrowed()
    {
        var suite = Parser.ParseFile(Path.Combine(ModuleFiles.Repository, "tests", "Pester", "Example.Tests.ps1"), out _, out _);
        var assignment = (AssignmentStatementAst)suite.Find(a => a is AssignmentStatementAst { Left: VariableExpressionAst { VariablePath.UserPath: "script:Borrowed" } }, searchNestedScriptBlocks: true);
        return [.. ((IEnumerable)assignment.Right.Find(a => a is ArrayLiteralAst, searchNestedScriptBlocks: false).SafeGetValue()).Cast<string>()];
    }
}
