using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>An emulator, a shell signed in to it, and a folder of its own, which is the shell's current location.</summary>
internal sealed class TransferLab : IAsyncDisposable
{
    private readonly OdcEmulator _emulator;

    private TransferLab(OdcEmulator emulator, string parameters)
    {
        _emulator = emulator;
        Directory.CreateDirectory(Folder);
        Shell = Shell.Connected(Tenant, parameters: parameters);
        Shell.Set("folder", Folder);
        Shell.Run("Set-Location -LiteralPath $folder").ThrowOnError();
    }

    internal EmulatedTenant Tenant => _emulator["acme"];

    internal EmulatedStorage Storage => Tenant.Delivery.Storage;

    internal Shell Shell { get; }

    internal string Folder { get; } = Path.Combine(Path.GetTempPath(), "odc transfer " + Guid.NewGuid().ToString("N"));

    /// <summary>Names of the files in the folder, hidden ones too.</summary>
    internal IEnumerable<string> Files => Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    /// <summary>The requests to the storage, uploads and downloads.</summary>
    internal IEnumerable<RecordedRequest> ToStorage => Tenant.Statistics.Requests.Where(r => !r.Path.StartsWith("/api/", StringComparison.Ordinal));

    internal static async Task<TransferLab> StartAsync(string parameters = "") => new(await Lab.StartAsync(), parameters);

    internal string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The source code of an asset's first revision, as a cmdlet writes it; it stands in $source.</summary>
    internal OdcAssetSourceCode Source(int asset = 0)
    {
        var key = Tenant.Delivery.Assets[asset].Key;
        var url = Shell.Run($"(Invoke-OdcRestMethod /api/asset-repository/v1/assets/{key}/revisions/1/source-code).sourceCodeBinaryUrl").Single<string>();
        var source = new OdcAssetSourceCode { AssetKey = key.ToString(), Revision = 1, SourceCodeBinaryUrl = url };
        Shell.Set("source", source);
        Tenant.Statistics.Clear();
        return source;
    }

    /// <summary>A source file of an asset in the folder.</summary>
    internal byte[] Write(string name, EmulatedAsset asset, int size = 300_000)
    {
        var bytes = SourceFile.Create(asset.Key, asset.Type, asset.Name, size);
        File.WriteAllBytes(PathOf(name), bytes);
        return bytes;
    }

    /// <summary>Lets a request to a path of the storage go wrong, the first one or all.</summary>
    internal void Spoil(Fault fault, string path, bool always = false, Action? before = null, TimeSpan? delay = null)
    {
        var count = 0;
        Tenant.Faults = new FaultPlan(1, 1, fault)
        {
            IncludeSignIn = true,
            Delay = delay ?? TimeSpan.FromMilliseconds(300),
            Only = (_, p) =>
            {
                if (!p.StartsWith(path, StringComparison.Ordinal))
                    return false;
                var isFirst = Interlocked.Increment(ref count) == 1;
                if (!isFirst)
                    before?.Invoke();
                return always || isFirst;
            },
        };
    }

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        await _emulator.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
