using OdcPowerShell.AssetRepository;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Core.Tests.Resources;

/// <summary>What names stood for is forgotten by a change, also what is being looked up at that moment.</summary>
public sealed class ForgetTests
{
    private readonly Caller _caller = new();

    [Fact]
    public async Task A_search_under_way_leaves_nothing_behind()
    {
        var name = "Old";
        await ReadAsync(
            () => $$"""{"results":[{"assetKey":"{{name}}","name":"a"}]}""",
            client => client.Names.FindAsync(ResourceTypes.Asset, "a", _caller, default),
            client =>
            {
                name = "New";
                client.Names.Forget();
            },
            _ => { },
            async client =>
            {
                Assert.Equal("New", ((OdcAsset)(await client.Names.FindAsync(ResourceTypes.Asset, "a", _caller, default)).Single()).AssetKey);
                name = "Newer";
                Assert.Equal("New", ((OdcAsset)(await client.Names.FindAsync(ResourceTypes.Asset, "A", _caller, default)).Single()).AssetKey);
            });
    }

    [Fact]
    public async Task Stages_that_are_being_read_leave_nothing_behind()
    {
        var stages = "Old";
        await ReadAsync(
            () => $$"""{"results":[{"environmentKey":"k","name":"{{stages}}"}]}""",
            client => client.Names.Stages.GetAsync(_caller, default),
            client =>
            {
                stages = "New";
                client.Names.Stages.Forget();
            },
            client => Assert.Null(client.Names.Stages.Loaded),
            async client => Assert.Equal("New", (await client.Names.Stages.GetAsync(_caller, default)).Single().Name));
    }

    [Fact]
    public async Task Names_of_assets_that_are_being_read_leave_nothing_behind()
    {
        var name = "Old";
        await ReadAsync(
            () => $$"""{"results":[{"assetKey":"k","name":"{{name}}"}]}""",
            client => client.Names.AssetNames.LearnAsync(["k"], _caller, default),
            client =>
            {
                name = "New";
                client.Names.Forget();
            },
            client => Assert.Null(client.Names.AssetNames.Of("k")),
            async client =>
            {
                await client.Names.AssetNames.LearnAsync(["k"], _caller, default);
                Assert.Equal("New", client.Names.AssetNames.Of("k"));
            });
    }

    [Fact]
    public async Task Names_that_Tab_asked_for_leave_nothing_behind()
    {
        var name = "Old";
        await ReadAsync(
            () => $$"""{"results":[{"assetKey":"k","name":"{{name}}"}]}""",
            client => client.Names.FirstAsync(ResourceTypes.Asset, "", _caller, default),
            client =>
            {
                name = "New";
                client.Names.Forget();
            },
            _ => { },
            async client =>
            {
                Assert.Equal(["New"], await client.Names.FirstAsync(ResourceTypes.Asset, "", _caller, default));
                name = "Newer";
                Assert.Equal(["New"], await client.Names.FirstAsync(ResourceTypes.Asset, "n", _caller, default));
            });
    }

    [Fact]
    public async Task All_names_are_forgotten_together()
    {
        var asked = 0;
        using var server = new FakeServer(_ =>
        {
            asked++;
            return FakeServer.Json("""{"results":[{"portfolioKey":"k","key":"k","assetKey":"k","permissionKey":"k","name":"Old","revisions":[{"name":"Old"}]}]}""");
        });
        using var http = new HttpMessageInvoker(server.Exchange());
        var names = Sample.Client(http).Names;
        List<Func<Task>> lookups = [.. ResourceTypes.All.Where(t => t.List is { IsKept: false }).Select(t => (Func<Task>)(() => names.FindAsync(t, "Old", _caller, default)))];
        foreach (var lookup in lookups.Concat(lookups))
            await lookup();
        Assert.Equal(lookups.Count, asked);
        names.Forget();
        foreach (var lookup in lookups)
            await lookup();
        Assert.Equal(2 * lookups.Count, asked);
    }

    // The answer is made when the request comes, and arrives after the change.
    private static async Task ReadAsync(Func<string> body, Func<OdcClient, Task> read, Action<OdcClient> change, Action<OdcClient> after, Func<OdcClient, Task> again)
    {
        using var server = new SlowServer(body);
        using var http = new HttpMessageInvoker(new ExchangeHandler(server, TimeSpan.FromSeconds(10), _ => null));
        var client = Sample.Client(http);
        var early = read(client);
        change(client);
        server.Gate.SetResult(true);
        await early;
        after(client);
        await again(client);
    }

    private sealed class SlowServer(Func<string> body) : HttpMessageHandler
    {
        internal TaskCompletionSource<bool> Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = FakeServer.Json(body());
            await Gate.Task;
            return answer;
        }
    }
}
