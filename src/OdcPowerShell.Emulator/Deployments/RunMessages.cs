using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>Pages of an operation's log; where a page begins is a text that means something here only.</summary>
internal static class RunMessages
{
    private const string Mark = "after ";

    public static Task WriteAsync(ApiCall call, Func<TimedOperation> find, DeliveryState state)
    {
        var limit = call.Query.Limit();
        var cursor = call.Query.Text("offset");
        var begin = cursor is null ? 0 : Read(cursor);
        var body = state.Use(() =>
        {
            var operation = find();
            var all = ProgressMessage.Of(operation, state.Now);
            List<RunMessageBody> page = [.. all.Skip(begin).Take(limit).Select(message => RunMessageBody.Of(message, operation.Asset))];
            var next = begin + page.Count < all.Count ? Write(begin + page.Count) : null;
            return new RunMessagesBody(page, new CursorPageBody(page.Count, limit, cursor, next));
        });
        return call.JsonAsync(body, DeploymentsJson.Default.RunMessagesBody);
    }

    private static string Write(int begin) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Mark + begin.ToString(CultureInfo.InvariantCulture)));

    private static int Read(string cursor)
    {
        if (Base64Url.IsValid(cursor))
        {
            var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
            if (text.StartsWith(Mark, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var begin))
                return begin;
        }

        throw new ProblemException(Cause.BadParameter($"The offset '{cursor}' is none that a page has named."));
    }
}
