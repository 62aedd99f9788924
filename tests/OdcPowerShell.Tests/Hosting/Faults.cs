namespace OdcPowerShell.Tests.Hosting;

/// <summary>For tests that look for faults: what they find is shown whole, one a line.</summary>
internal static class Faults
{
    internal static void None(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        if (found.Count > 0)
            Assert.Fail(string.Join('\n', found));
    }
}
