using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Report;

/// <summary>A headless Chromium, driven by the DevTools protocol. It is the one of this machine: none is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    internal const string Absent = "There is no Chromium on this machine: tests of the page in a browser are skipped. Install it (Debian: apt-get install chromium), or set ODC_CHROMIUM to its path.";
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    // As root, and in containers, Chromium has no sandbox. The others keep it from looking for hosts of its own.
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--hide-scrollbars", "--font-render-hinting=none", "--force-color-profile=srgb", "--remote-debugging-port=0", "about:blank",
    ];

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    private readonly ConcurrentDictionary<string, Action<string, JsonNode>> _pages = new();
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("odc-browser-").FullName;
    private Process? _process;
    private int _last;

    internal static string? Program => Environment.GetEnvironmentVariable("ODC_CHROMIUM") is { Length: > 0 } chosen ? chosen : Array.Find(Places, File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in Arguments.Append($"--user-data-dir={_folder}"))
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var port = Path.Combine(_folder, "DevToolsActivePort");
        string[] lines = [];
        await Stopping.UntilAsync(() => File.Exists(port) && (lines = File.ReadAllLines(port)).Length > 1);
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), CancellationToken.None);
        _ = Task.Run(ReceiveAsync);
    }

    /// <summary>A page of its own that has opened a file.</summary>
    internal async Task<BrowserPage> OpenAsync(string file, int width = 1280, int height = 900, bool isDark = false)
    {
        Assert.SkipUnless(Program is not null, Absent);
        var target = await SendAsync("Target.createTarget", new { url = "about:blank" });
        var session = (string)(await SendAsync("Target.attachToTarget", new { targetId = (string)target["targetId"]!, flatten = true }))["sessionId"]!;
        var page = new BrowserPage(this, session);
        _pages[session] = page.Note;
        await page.OpenAsync(file, width, height, isDark);
        return page;
    }

    internal async Task<JsonNode> SendAsync(string method, object parameters, string? session = null)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _asked[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = JsonSerializer.SerializeToUtf8Bytes(session is null ? new { id, method, @params = parameters } : (object)new { id, method, @params = parameters, sessionId = session });
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (_socket.State == WebSocketState.Open)
        {
            var part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            var json = JsonNode.Parse(Encoding.UTF8.GetString(message.ToArray()));
            message.SetLength(0);
            if (json is null)
                continue;
            if ((int?)json["id"] is { } id && _asked.TryRemove(id, out var asked))
            {
                if (json["error"] is { } error)
                    asked.SetException(new InvalidOperationException(error.ToJsonString()));
                else
                    asked.SetResult(json["result"]!);
            }
            else if ((string?)json["sessionId"] is { } session && _pages.TryGetValue(session, out var note))
            {
                note((string)json["method"]!, json["params"]!);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }

        _socket.Dispose();
        _sending.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A page of the browser, and all that it asked for, said or failed at.</summary>
internal sealed class BrowserPage(Browser browser, string session)
{
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _trouble = new();
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Dialogs, exceptions, and what the policy of the page blocked.</summary>
    internal IReadOnlyList<string> Trouble => [.. _trouble];

    /// <summary>The addresses that were asked for.</summary>
    internal IReadOnlyList<string> Requests => [.. _requests];

    internal void Note(string method, JsonNode parameters)
    {
        if (method == "Page.loadEventFired")
            _loaded.TrySetResult();
        else if (method == "Network.requestWillBeSent")
            _requests.Enqueue((string)parameters["request"]!["url"]!);
        else if (method is "Page.javascriptDialogOpening" or "Runtime.exceptionThrown" or "Log.entryAdded" or "Runtime.consoleAPICalled")
            _trouble.Enqueue(method + " " + parameters.ToJsonString());
    }

    internal async Task OpenAsync(string file, int width, int height, bool isDark)
    {
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
            await SendAsync(domain + ".enable", new { });
        await SendAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = false });
        await SendAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = isDark ? "dark" : "light" } } });
        await SendAsync("Page.addScriptToEvaluateOnNewDocument", new { source = "window.longest = 0; new PerformanceObserver(list => { for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration); }).observe({ type: 'longtask', buffered: true });" });
        await SendAsync("Page.navigate", new { url = new Uri(file).AbsoluteUri });
        await _loaded.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    internal Task<JsonNode> SendAsync(string method, object parameters) => browser.SendAsync(method, parameters, session);

    /// <summary>The value of an expression in the page.</summary>
    internal async Task<T> EvaluateAsync<T>(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"] is { } value ? value.Deserialize<T>()! : default!;
    }

    internal Task DoAsync(string statements) => EvaluateAsync<JsonNode>($"(() => {{ {statements} }})()");

    internal async Task PressAsync(string key, int code, string? text = null)
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
            await SendAsync("Input.dispatchKeyEvent", type == "keyDown" && text is not null ? new { type, key, code = key, windowsVirtualKeyCode = code, text } : (object)new { type, key, code = key, windowsVirtualKeyCode = code });
    }

    /// <summary>A picture of the window, or of the whole page.</summary>
    internal async Task<byte[]> PictureAsync(bool isWhole)
    {
        var clip = new { x = 0, y = 0, width = await EvaluateAsync<int>("innerWidth"), height = await EvaluateAsync<int>(isWhole ? "document.documentElement.scrollHeight" : "innerHeight"), scale = 1 };
        return Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", new { format = "png", captureBeyondViewport = isWhole, clip }))["data"]!);
    }

    internal async Task<byte[]> PrintAsync() => Convert.FromBase64String((string)(await SendAsync("Page.printToPDF", new { printBackground = true, preferCSSPageSize = true }))["data"]!);
}
