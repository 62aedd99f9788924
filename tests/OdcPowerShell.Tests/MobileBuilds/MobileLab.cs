using OdcPowerShell.Emulator;

namespace OdcPowerShell.Tests.MobileBuilds;

/// <summary>A tenant with a mobile app, a shell that is signed in to it, and a folder with files to sign packages with.</summary>
internal sealed class MobileLab : IAsyncDisposable
{
    private readonly TenantLab _lab;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private MobileLab(TenantLab lab)
    {
        _lab = lab;
        Write("release.keystore", SigningSamples.Keystore);
        Write("store.p12", SigningSamples.Certificate);
        Write("store.mobileprovision", SigningSamples.Profile);
        Shell.Set("folder", _folder.FullName);
        Run("Set-Location $folder; function Secure($text) { ConvertTo-SecureString $text -AsPlainText -Force }").ThrowOnError();
        Forget();
    }

    internal EmulatedTenant Tenant => _lab.Tenant;

    internal Shell Shell => _lab.Shell;

    internal IReadOnlyList<string> Sent => _lab.Sent;

    /// <summary>What was changed: a validation or a suggestion changes nothing.</summary>
    internal IReadOnlyList<string> Changes => [.. _lab.Changes.Where(s => !s.EndsWith("/native-build-validation", StringComparison.Ordinal) && !s.EndsWith("/version-suggestions", StringComparison.Ordinal))];

    /// <summary>The mobile app of the tenant.</summary>
    internal Guid App => Tenant.Delivery.Asset("Driver Go").Key;

    internal static async Task<MobileLab> StartAsync() => new(await TenantLab.StartAsync(users: 1));

    internal Result Run(string script) => _lab.Run(script);

    internal void Forget() => _lab.Forget();

    internal void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), content);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
