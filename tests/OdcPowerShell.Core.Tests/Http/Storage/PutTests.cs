using System.Net;

namespace OdcPowerShell.Core.Tests.Http.Storage;

/// <summary>A file is put whole, again where that may help, and never when it is not what it was.</summary>
public sealed class PutTests
{
    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_bytes()
    {
        var bodies = new List<string>();
        using var lab = Answering(request =>
        {
            bodies.Add($"{request.Content!.Headers.ContentType} {request.Content.Headers.ContentLength} {Read(request)}");
            return bodies.Count == 1 ? throw new HttpRequestException("Reset.", new IOException("Reset.")) : new HttpResponseMessage(HttpStatusCode.OK);
        });
        await PutAsync(lab, "source");
        Assert.Equal(["application/octet-stream 6 source", "application/octet-stream 6 source"], bodies);
        Assert.All(lab.Asked, asked => Assert.Equal(("PUT", null), (asked.Method, asked.Authorization)));
    }

    [Theory]
    [InlineData(403, OdcErrorCause.LinkExpired, 1)]
    [InlineData(413, OdcErrorCause.InvalidRequest, 1)]
    [InlineData(302, OdcErrorCause.UnexpectedResponse, 1)]
    [InlineData(503, OdcErrorCause.Unavailable, 3)]
    public async Task An_error_says_what_it_means(int status, OdcErrorCause cause, int requests)
    {
        using var lab = Answering(_ => StorageLab.Error(status));
        Assert.Equal(cause, (await Assert.ThrowsAsync<OdcApiException>(() => PutAsync(lab, "source"))).Cause);
        Assert.Equal(requests, lab.Asked.Count);
    }

    [Fact]
    public async Task A_file_that_changes_on_its_way_is_not_sent_as_if_it_had_not()
    {
        using var lab = Answering(_ => new HttpResponseMessage(HttpStatusCode.OK));
        var path = Write(lab, "source");
        var file = LocalFile.Of(path, limit: 100);
        File.WriteAllText(path, "another");
        var e = await Assert.ThrowsAsync<OdcException>(() => lab.Storage.PutAsync(StorageAddress.Parse(StorageLab.Url), file, lab.Caller, TestContext.Current.CancellationToken));
        Assert.Equal((OdcErrorCause.FileFailed, true), (e.Cause, e.Message.Contains("changed", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Where_the_storage_sends_it_on_the_whole_file_goes_to_the_other_address(int status)
    {
        var bodies = new List<string>();
        using var lab = Answering(request =>
        {
            bodies.Add($"{request.RequestUri!.Host} {Read(request)}");
            var answer = new HttpResponseMessage(bodies.Count == 1 ? (HttpStatusCode)status : HttpStatusCode.OK);
            answer.Headers.Location = bodies.Count == 1 ? new Uri("https://other.example/source.oml?sig=x") : null;
            return answer;
        });
        await PutAsync(lab, "source");
        Assert.Equal(new[] { new Uri(StorageLab.Url).Host + " source", "other.example source" }, bodies);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, false)]
    public void The_limit_is_the_largest_size(int limit, bool fits)
    {
        using var lab = Answering(_ => new HttpResponseMessage(HttpStatusCode.OK));
        var path = Write(lab, "source");
        if (fits)
            Assert.Equal(6, LocalFile.Of(path, limit).Length);
        else
            Assert.Equal(OdcErrorCause.FileTooLarge, Assert.Throws<OdcException>(() => LocalFile.Of(path, limit)).Cause);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal(OdcErrorCause.FileNotFound, Assert.Throws<OdcException>(() => LocalFile.Of(Path.GetTempPath(), limit: 1)).Cause);

    private static StorageLab Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) => new(answer, retries: 2);

    private static Task PutAsync(StorageLab lab, string text) => lab.Storage.PutAsync(
        StorageAddress.Parse(StorageLab.Url), LocalFile.Of(Write(lab, text), limit: 100), lab.Caller, TestContext.Current.CancellationToken);

    private static string Write(StorageLab lab, string text)
    {
        var path = Path.Combine(lab.Folder, "sent.oml");
        File.WriteAllText(path, text);
        return path;
    }

    // The server has read the body before it answers; the content can be read anew.
    private static string Read(HttpRequestMessage request)
    {
        using var body = new MemoryStream();
        request.Content!.CopyToAsync(body).GetAwaiter().GetResult();
        return System.Text.Encoding.ASCII.GetString(body.ToArray());
    }
}
