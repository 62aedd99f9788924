using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(OdcPowerShell.Tests.Hosting.LongestFirst))]

namespace OdcPowerShell.Tests.Hosting;

/// <summary>The classes that take longest, because they start processes or wait, are started first: one that starts last keeps the run while the other threads have nothing to do.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        "Package", "Sandbox.SandboxTests", "Readme.FailureTests", "Readme.LineTests", "Session.TokenTests", "Transport.FaultTests", "Transport.RateLimitTests", "Deployments.ReleaseTests", "Transport.InjectionTests",
        "Identity.RevokeAccessTests", "Contract.CultureTests", "AssetRepository.SignatureCanaryTests", "AssetRepository.UnusedAssetTests", "Session.CanaryTests", "Help.ExampleTests", "Conventions.ViewTests",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Array.FindIndex(Longest, name => (c.TestCollectionDisplayName + ' ').Contains(name + ' ', StringComparison.Ordinal)) is var place && place < 0 ? Longest.Length : place)];
}
