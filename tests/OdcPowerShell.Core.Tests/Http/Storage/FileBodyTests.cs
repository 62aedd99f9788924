using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http.Storage;

/// <summary>Bodies that carry a file, and what is told of their way.</summary>
public sealed class FileBodyTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "odc-body-" + Guid.NewGuid().ToString("N"));
    private readonly Caller _caller = new();
    private readonly FakeTimeProvider _time = new();

    public FileBodyTests() => Directory.CreateDirectory(_folder);

    [Fact]
    public async Task A_form_has_its_details_and_its_file_and_knows_its_length()
    {
        var details = new ApiBody(Encoding.UTF8.GetBytes("{\"a\":1}"));
        var body = new FileBody(File("b\u00fc\"r.oml", "source"), "file", details, "details");
        using var content = body.ToContent();
        var text = Encoding.ASCII.GetString(await content.ReadAsByteArrayAsync());
        var boundary = content.Headers.ContentType!.Parameters.Single().Value;
        Assert.Equal("multipart/form-data", content.Headers.ContentType.MediaType);
        Assert.StartsWith("odc-", boundary, StringComparison.Ordinal);
        Assert.Equal(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"details\"\r\nContent-Type: application/json\r\n\r\n{{\"a\":1}}"
            + $"\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b__r.oml\"\r\nContent-Type: application/octet-stream\r\n\r\nsource\r\n--{boundary}--\r\n",
            text);
        Assert.Equal(text.Length, content.Headers.ContentLength);
        Assert.Equal("{\"a\":1} (6 bytes of b\u00fc\"r.oml)", body.Shown);
    }

    [Fact]
    public async Task A_file_alone_is_its_bytes_and_its_way_is_told()
    {
        var text = new string('x', 200_000);
        var body = new FileBody(File("a.oml", text));
        using var content = body.ToContent();
        var moved = 0;
        using (((FileContent)content).Follow(_caller, _time, () => moved++))
            Assert.Equal(text, await content.ReadAsStringAsync());
        Assert.Equal(("application/octet-stream", 200_000L), (content.Headers.ContentType!.MediaType, content.Headers.ContentLength));
        Assert.Equal(3, moved);
        Assert.Equal(["Sending a.oml", "Sending a.oml"], _caller.Progresses.Select(p => p.Activity));
        Assert.Null(_caller.Progresses[1].Status);
        await content.CopyToAsync(Stream.Null);
        Assert.Equal((3, 2), (moved, _caller.Progresses.Count));
    }

    [Fact]
    public void Progress_is_told_a_few_times_a_second_with_the_time_left()
    {
        using (var progress = new TransferProgress("Moving", total: null, _caller, _time))
        {
            progress.Report(5);
            progress.Total = 100;
            progress.Report(6);
            _time.Advance(TimeSpan.FromMilliseconds(199));
            progress.Report(7);
            _time.Advance(TimeSpan.FromMilliseconds(801));
            progress.Report(25);
        }

        Assert.Equal(
            [new CallerProgress("Moving", Left: null, "5 bytes"), new CallerProgress("Moving", TimeSpan.FromSeconds(3), "25 bytes of 100 bytes"), new CallerProgress("Moving", Left: null)],
            _caller.Progresses);
    }

    [Fact]
    public void Nothing_is_ended_that_was_not_told()
    {
        new TransferProgress("Moving", 1, _caller, _time).Dispose();
        Assert.Empty(_caller.Progresses);
    }

    public static TheoryData<Exception, OdcErrorCause, string> Failures => new()
    {
        { new IOException("Full."), OdcErrorCause.FileFailed, "x: Full." },
        { new UnauthorizedAccessException("No."), OdcErrorCause.FileFailed, "x: No." },
        { new NotSupportedException("What?"), OdcErrorCause.FileFailed, "x: What?" },
        { new ArgumentException("Bad."), OdcErrorCause.FileFailed, "x: Bad." },
        { new System.Security.SecurityException("Not you."), OdcErrorCause.FileFailed, "x: Not you." },
        { new FileNotFoundException("Gone."), OdcErrorCause.FileNotFound, "There is no file or folder x." },
        { new DirectoryNotFoundException("Gone."), OdcErrorCause.FileNotFound, "There is no file or folder x." },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_of_the_file_system_names_the_path(Exception failure, OdcErrorCause cause, string message)
    {
        var direct = Assert.Throws<OdcException>(() => LocalFailure.Explain<int>("x", () => throw failure));
        var awaited = await Assert.ThrowsAsync<OdcException>(() => LocalFailure.ExplainAsync("x", () => throw failure));
        Assert.All([direct, awaited], e => Assert.Equal((cause, message), (e.Cause, e.Message)));
        var action = cause == OdcErrorCause.FileNotFound ? "Check the path; it is relative to the current location of the file system." : "Check that the path is right, may be read or written, and has room.";
        Assert.Equal(action, direct.RecommendedAction);
    }

    [Fact]
    public async Task Other_exceptions_pass()
    {
        Assert.Throws<InvalidOperationException>(() => LocalFailure.Explain<int>("x", () => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => LocalFailure.ExplainAsync("x", () => throw new InvalidOperationException()));
        Assert.Equal(3, LocalFailure.Explain("x", () => 3));
    }

    [Fact]
    public void A_file_that_is_too_large_says_both_sizes()
    {
        var path = Path.Combine(_folder, "large.oml");
        System.IO.File.WriteAllText(path, "123456");
        var e = Assert.Throws<OdcException>(() => LocalFile.Of(path, limit: 5));
        Assert.Equal((OdcErrorCause.FileTooLarge, $"{path} has 6 bytes; the service takes 5 bytes at the most. Nothing was sent.", "Use a smaller file."), (e.Cause, e.Message, e.RecommendedAction));
        var file = LocalFile.Of(path, limit: 6);
        Assert.Equal(("large.oml", path, path, 6L, "123456"), (file.Name, file.FullName, file.ToString(), file.Length, Encoding.ASCII.GetString(file.Read())));
        Assert.Equal($"{path} was changed while it was being sent.", file.Changed().Message);
    }

    private LocalFile File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return LocalFile.Of(path, limit: 1_000_000);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
