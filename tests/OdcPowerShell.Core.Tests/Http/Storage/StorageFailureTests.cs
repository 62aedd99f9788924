using System.Net;

namespace OdcPowerShell.Core.Tests.Http.Storage;

/// <summary>What the answers of a storage mean to the user.</summary>
public sealed class StorageFailureTests
{
    private const string Refused = "the storage rejects the URL: it has expired, or is not whole";
    private const string Again = "Read the object again: its new URL is good for some minutes. Then save it at once.";
    private const string Upload = "Get a new one with New-OdcUpload, and send the file at once.";

    [Theory]
    [InlineData("GET", 401, null, OdcErrorCause.LinkExpired, Refused, Again)]
    [InlineData("PUT", 403, null, OdcErrorCause.LinkExpired, Refused, Upload)]
    [InlineData("GET", 400, "ExpiredToken", OdcErrorCause.LinkExpired, Refused, Again)]
    [InlineData("GET", 404, null, OdcErrorCause.NotFound, "the storage has no such file", "Read the object again for a new URL; the file may have been deleted.")]
    [InlineData("GET", 410, null, OdcErrorCause.NotFound, "the storage has no such file", "Read the object again for a new URL; the file may have been deleted.")]
    [InlineData("GET", 408, null, OdcErrorCause.Unavailable, "the storage is not available", "Try again later.")]
    [InlineData("GET", 429, null, OdcErrorCause.Unavailable, "the storage is not available", "Try again later.")]
    [InlineData("GET", 500, null, OdcErrorCause.Unavailable, "the storage is not available", "Try again later.")]
    [InlineData("PUT", 400, "RequestTimeout", OdcErrorCause.Unavailable, "the storage is not available", "Try again later.")]
    [InlineData("PUT", 400, null, OdcErrorCause.InvalidRequest, "the storage rejects the request", "Check the size of the file.")]
    [InlineData("PUT", 411, null, OdcErrorCause.InvalidRequest, "the storage rejects the request", "Check the size of the file.")]
    [InlineData("GET", 413, null, OdcErrorCause.InvalidRequest, "the storage rejects the request", "Read the object again for a new URL.")]
    [InlineData("GET", 418, null, OdcErrorCause.UnexpectedResponse, "unexpected response", "A proxy or gateway may have answered instead of the storage.")]
    public async Task A_status_has_one_meaning(string method, int status, string? code, OdcErrorCause cause, string meaning, string action)
    {
        var e = await ReadAsync(method, status, code is null ? "secret text" : $"<Error><Code>{code}</Code><Message>secret text</Message></Error>");
        Assert.Equal((cause, $"{method} https://storage.example/a/b.oml: {meaning} ({status}{(code is null ? "" : ", " + code)}).", action), (e.Cause, e.Message, e.RecommendedAction));
        Assert.Equal((status, code, method, "/a/b.oml"), (e.StatusCode, e.ErrorCode, e.Method, e.Path));
    }

    [Theory]
    [InlineData(16_000, "Late")]
    [InlineData(17_000, null)]
    public async Task A_code_is_looked_for_in_the_first_part_only(int before, string? code) =>
        Assert.Equal(code, (await ReadAsync("GET", 400, new string(' ', before) + "<Code>Late</Code>")).ErrorCode);

    [Theory]
    [InlineData("<Code></Code>")]
    [InlineData("<Code>no code</Code>")]
    [InlineData("<Code>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</Code>")]
    public async Task What_looks_like_no_code_is_not_shown(string body) => Assert.Null((await ReadAsync("GET", 400, body)).ErrorCode);

    private static async Task<OdcApiException> ReadAsync(string method, int status, string body)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        return await StorageFailure.ReadAsync(response, new HttpMethod(method), StorageAddress.Parse("https://storage.example/a/b.oml?sig=hidden"), default);
    }
}
