namespace OdcPowerShell.Core.Tests.Http.Storage;

/// <summary>A download comes whole, whatever happens on its way, or not at all.</summary>
public sealed class DownloadTests
{
    private const string Text = "0123456789";

    [Fact]
    public async Task A_break_is_continued_where_it_was()
    {
        using var lab = Answering(StorageLab.Bytes(Text, cut: 4), StorageLab.Bytes(Text, from: 4, cut: 3, status: 206), StorageLab.Bytes(Text, from: 7, status: 206));
        await lab.SaveAsync();
        Assert.Equal(Text, File.ReadAllText(lab.Target));
        Assert.Equal([("GET", null, null, null), ("GET", "bytes=4-", "\"one\"", null), ("GET", "bytes=7-", "\"one\"", null)], lab.Asked);
        Assert.Single(Directory.EnumerateFiles(lab.Folder));
    }

    [Fact]
    public async Task Another_file_by_now_is_taken_whole()
    {
        using var lab = Answering(StorageLab.Bytes("xxxxxxxxxxxx", cut: 11), StorageLab.Bytes(Text, tag: "\"two\""));
        await lab.SaveAsync();
        Assert.Equal(Text, File.ReadAllText(lab.Target));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    public async Task Without_a_strong_tag_it_is_begun_anew(string? tag)
    {
        using var lab = Answering(StorageLab.Bytes(Text, tag, cut: 4), StorageLab.Bytes(Text, tag));
        await lab.SaveAsync();
        Assert.Equal(Text, File.ReadAllText(lab.Target));
        Assert.All(lab.Asked, asked => Assert.Null(asked.Range));
    }

    [Fact]
    public async Task A_storage_without_ranges_is_not_asked_for_one()
    {
        var first = StorageLab.Bytes(Text, cut: 4);
        first.Headers.AcceptRanges.Add("none");
        using var lab = Answering(first, StorageLab.Bytes(Text));
        await lab.SaveAsync();
        Assert.Null(lab.Asked[1].Range);
    }

    [Fact]
    public async Task A_part_of_another_file_is_not_taken()
    {
        using var lab = Answering(StorageLab.Bytes("xxxxxxxxxx", cut: 4), StorageLab.Bytes(Text, "\"two\"", from: 4, status: 206), StorageLab.Bytes(Text, "\"two\""));
        await lab.SaveAsync();
        Assert.Equal(Text, File.ReadAllText(lab.Target));
        Assert.Null(lab.Asked[2].Range);
    }

    [Fact]
    public async Task A_part_from_elsewhere_is_not_taken()
    {
        using var lab = Answering(StorageLab.Bytes(Text, cut: 4), StorageLab.Bytes(Text, from: 5, status: 206), StorageLab.Bytes(Text));
        await lab.SaveAsync();
        Assert.Equal(Text, File.ReadAllText(lab.Target));
    }

    [Fact]
    public async Task A_range_that_can_not_be_satisfied_is_given_up()
    {
        using var lab = Answering(StorageLab.Bytes("xxxxxxxxxx", cut: 9), StorageLab.Error(416), StorageLab.Bytes("01"));
        await lab.SaveAsync();
        Assert.Equal("01", File.ReadAllText(lab.Target));
        Assert.Null(lab.Asked[2].Range);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task A_passing_error_is_tried_again(int status)
    {
        using var lab = Answering(StorageLab.Error(status), StorageLab.Bytes(Text));
        await lab.SaveAsync();
        Assert.Equal(2, lab.Asked.Count);
    }

    [Fact]
    public async Task A_body_that_is_too_short_is_not_whole()
    {
        var lab = Answering(Short(), Short());
        using (lab)
        {
            var e = await Assert.ThrowsAsync<OdcException>(() => lab.SaveAsync());
            Assert.Equal((OdcErrorCause.ConnectFailed, "The download of https://storage.example/a/source.oml ended after 10 of 12 bytes."), (e.Cause, e.Message));
            Assert.Equal("Check the network and the proxy, then try again.", e.RecommendedAction);
            Assert.Empty(Directory.EnumerateFiles(lab.Folder));
        }

        static HttpResponseMessage Short()
        {
            var response = StorageLab.Bytes(Text);
            response.Content.Headers.ContentLength = 12;
            return response;
        }
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1234, "1,234 bytes")]
    [InlineData(1024 * 1024 - 1, "1,048,575 bytes")]
    [InlineData(1024 * 1024, "1.0 MB")]
    [InlineData(1024 * 1024 * 3 / 2, "1.5 MB")]
    public void A_size_is_shown_as_people_read_it(long bytes, string shown) => Assert.Equal(shown, Size.Of(bytes));

    [Fact]
    public void Progress_is_shown_a_few_times_a_second_and_removed_at_the_end()
    {
        var (caller, time) = (new Caller(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        using (var progress = new TransferProgress("Saving x", total: null, caller, time))
        {
            progress.Report(0);
            progress.Total = 100;
            time.Advance(TimeSpan.FromMilliseconds(199));
            progress.Report(10);
            time.Advance(TimeSpan.FromMilliseconds(1));
            progress.Report(20);
            time.Advance(TimeSpan.FromMilliseconds(200));
            progress.Report(0);
        }

        Assert.Equal(
            [("Saving x", null, "0 bytes"), ("Saving x", TimeSpan.FromMilliseconds(800), "20 bytes of 100 bytes"), ("Saving x", null, "0 bytes of 100 bytes"), ("Saving x", null, null)],
            caller.Progresses.Select(p => (p.Activity, p.Left, p.Status)));
        new TransferProgress("Saving y", total: null, caller, time).Dispose();
        Assert.Equal(4, caller.Progresses.Count);
    }

    [Fact]
    public async Task Breaks_without_progress_end_it_and_leave_nothing()
    {
        using var lab = new StorageLab(_ => StorageLab.Bytes(Text, tag: null, cut: 4), retries: 2);
        await Assert.ThrowsAsync<OdcException>(() => lab.SaveAsync());
        Assert.Equal(3, lab.Asked.Count);
        Assert.Empty(Directory.EnumerateFiles(lab.Folder));
    }

    [Fact]
    public async Task Progress_begins_the_count_anew_and_a_break_behind_the_last_byte_is_none()
    {
        using var lab = new StorageLab(request => request.Headers.Range is { } range
            ? StorageLab.Bytes(Text, from: (int)range.Ranges.Single().From!, cut: 1, status: 206)
            : StorageLab.Bytes(Text, cut: 1), retries: 1);
        await lab.SaveAsync();
        Assert.Equal(Text, File.ReadAllText(lab.Target));
        Assert.Equal((10, "bytes=9-"), (lab.Asked.Count, lab.Asked[9].Range));
    }

    [Fact]
    public async Task Neither_a_failure_nor_a_line_shows_the_query()
    {
        using var lab = new StorageLab(_ => StorageLab.Error(403, "<Error><Code>SignatureDoesNotMatch</Code><SignatureProvided>hidden</SignatureProvided></Error>"));
        var e = await Assert.ThrowsAsync<OdcApiException>(() => lab.SaveAsync());
        Assert.Equal((OdcErrorCause.LinkExpired, 403, "SignatureDoesNotMatch", "/a/source.oml"), (e.Cause, e.StatusCode, e.ErrorCode, e.Path));
        Assert.Contains("Read the object again", e.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", e + e.BodyExcerpt + string.Concat(lab.Caller.Messages), StringComparison.Ordinal);
        Assert.Single(lab.Asked);
        Assert.StartsWith("GET https://storage.example/a/source.oml: 403", Assert.Single(lab.Caller.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "<Code>ExpiredToken</Code>", OdcErrorCause.LinkExpired)]
    [InlineData(400, "", OdcErrorCause.InvalidRequest)]
    [InlineData(401, "", OdcErrorCause.LinkExpired)]
    [InlineData(404, "<Code>NoSuchKey</Code>", OdcErrorCause.NotFound)]
    [InlineData(418, "", OdcErrorCause.UnexpectedResponse)]
    [InlineData(304, "", OdcErrorCause.UnexpectedResponse)]
    public async Task An_error_says_what_it_means(int status, string body, OdcErrorCause cause)
    {
        using var lab = new StorageLab(_ => StorageLab.Error(status, body));
        Assert.Equal(cause, (await Assert.ThrowsAsync<OdcApiException>(() => lab.SaveAsync())).Cause);
    }

    [Fact]
    public async Task A_redirection_is_followed_and_a_circle_is_not()
    {
        using var lab = Answering(Redirection(), StorageLab.Bytes(Text));
        await lab.SaveAsync();
        using var circle = new StorageLab(_ => Redirection());
        await Assert.ThrowsAsync<OdcApiException>(() => circle.SaveAsync());
        Assert.Equal(6, circle.Asked.Count);

        static HttpResponseMessage Redirection()
        {
            var response = StorageLab.Error(302);
            response.Headers.Location = new Uri("https://other.example/b?sig=2");
            return response;
        }
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_when_asked()
    {
        using var lab = Answering(StorageLab.Bytes(Text));
        File.WriteAllText(lab.Target, "old");
        Assert.Equal(OdcErrorCause.FileExists, (await Assert.ThrowsAsync<OdcException>(() => lab.SaveAsync())).Cause);
        Assert.Empty(lab.Asked);
        await lab.SaveAsync(replaces: true);
        Assert.Equal(Text, File.ReadAllText(lab.Target));
        Assert.Single(Directory.EnumerateFiles(lab.Folder));
    }

    [Fact]
    public async Task The_time_limit_is_of_a_pause_and_not_of_the_whole()
    {
        using var lab = new StorageLab(_ => StorageLab.Slow(Text, TimeSpan.FromMilliseconds(150)), timeout: TimeSpan.FromSeconds(1));
        await lab.SaveAsync();
        Assert.Equal(Text, File.ReadAllText(lab.Target));
        using var stalled = new StorageLab(_ => StorageLab.Slow(Text, TimeSpan.FromMinutes(1)), retries: 1, timeout: TimeSpan.FromMilliseconds(200));
        Assert.Equal(OdcErrorCause.Timeout, (await Assert.ThrowsAsync<OdcException>(() => stalled.SaveAsync())).Cause);
        Assert.Equal(2, stalled.Asked.Count);
    }

    [Fact]
    public async Task Progress_is_told_by_bytes_and_ended()
    {
        using var lab = Answering(StorageLab.Bytes(Text));
        await lab.SaveAsync();
        Assert.Equal(new CallerProgress("Saving source.oml", TimeSpan.Zero, "10 bytes of 10 bytes"), lab.Caller.Progresses[0] with { Left = TimeSpan.Zero });
        Assert.Equal(new CallerProgress("Saving source.oml", Left: null), lab.Caller.Progresses.Last());
    }

    private static StorageLab Answering(params HttpResponseMessage[] answers)
    {
        var next = 0;
        return new StorageLab(_ => answers[next++], retries: answers.Length - 1);
    }
}
