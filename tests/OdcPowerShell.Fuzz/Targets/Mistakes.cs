using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using OdcPowerShell.Http;
using OdcPowerShell.Binding;
using OdcPowerShell.Resources;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Fuzz.Targets;

/// <summary>The kinds of mistakes that a first use makes: objects of another kind, nothing where something is meant, dates of other calendars, pages instead of answers, addresses with secrets.</summary>
internal static class Mistakes
{
    internal const string Canary = "CANARYs3cret";
    private static readonly string[] Reading = ["Get", "Find", "Measure", "Test", "Wait"];
    private static readonly string[] Cultures = ["", "th-TH", "ar-SA", "fa-IR", "he-IL", "fi-FI", "tr-TR", "de-DE", "ja-JP"];
    private static readonly Lazy<IReadOnlyList<(string Name, ReferenceAttribute Reference)>> Changing = new(() =>
        [.. PipedSamples.Inputs.Where(i => !Reading.Contains(i.Cmdlet.Declaration().VerbName)).Select(i => ($"{i.Cmdlet.CmdletName()} -{i.Parameter.Name}", i.Reference))]);

    private static readonly Lazy<IReadOnlyList<Operation>> Operations = new(() => [.. OperationCatalogue.All]);

    /// <summary>An object of any type in any form, into any parameter of a command that changes something.</summary>
    internal static void WrongKind(Mutator mutator)
    {
        var (name, reference) = mutator.Pick(Changing.Value);
        var type = mutator.Pick(PipedSamples.Types);
        var form = mutator.Pick(["live", "live", "live", "CliXml", "job"]);
        var bound = PipedSamples.Bind(reference, PipedSamples.In(form, PipedSamples.Of(type)));
        var info = reference.ResourceType;
        if (Guid.TryParse(bound, out _) && !info.Types.Contains(type) && !reference.Also.Contains(type))
            throw new InvalidOperationException($"{form} {type.Name} is taken by {name} as {bound}.");
    }

    /// <summary>A row with some columns of an object of any type.</summary>
    internal static void Row(Mutator mutator)
    {
        var (name, reference) = mutator.Pick(Changing.Value);
        var type = mutator.Pick(PipedSamples.Types);
        var row = (PSObject)PipedSamples.In("CSV", PipedSamples.Of(type));
        foreach (var column in row.Properties.Where(_ => mutator.Next(3) == 0).ToList())
            row.Properties.Remove(column.Name);
        if (mutator.Next(3) == 0 && row.Properties["Note"] is null)
            row.Properties.Add(new PSNoteProperty("Note", mutator.Text("note")));
        var bound = PipedSamples.Bind(reference, row);
        var info = reference.ResourceType;
        // A row that ends with its own key, as all that the module writes do, is of that kind.
        if (Guid.TryParse(bound, out _) && bound == PipedSamples.KeyOf(info.KeyProperty) && row.Properties["Key"]?.Value is string { Length: > 0 } own && own != bound
            && row.Properties.Any(p => p.Name != "Key" && p.Name.EndsWith("Key", StringComparison.Ordinal) && own.Equals(p.Value)) && !IsTaken(reference, own, row))
            throw new InvalidOperationException($"a row of {type.Name} is taken by {name} as {info.KeyProperty}.");
    }

    /// <summary>Nothing, however it is wrapped.</summary>
    internal static void Nothing(Mutator mutator)
    {
        var nothing = Wrapped(mutator, depth: 0);
        if (!Typed.IsNothing(nothing))
            throw new InvalidOperationException($"{nothing} ({nothing?.GetType().Name}) is not nothing.");
        if (mutator.Pick(Changing.Value).Reference.Transform(null!, nothing!) is ObjectReference { Failure: null } or ObjectReference[] { Length: > 0 } and [{ Failure: null }, ..])
            throw new InvalidOperationException("Nothing became something.");
    }

    /// <summary>A moment, as an object or a text of any origin, in any culture.</summary>
    internal static void Date(Mutator mutator)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(mutator.Pick(Cultures));
        try
        {
            var moment = new DateTimeOffset(1950 + mutator.Next(120), 1 + mutator.Next(12), 1 + mutator.Next(28), mutator.Next(24), mutator.Next(60), mutator.Next(60), TimeSpan.FromMinutes(15 * (mutator.Next(97) - 48)));
            object given = mutator.Next(8) switch
            {
                0 => moment,
                1 => new PSObject(moment),
                2 => moment.UtcDateTime,
                3 => moment.LocalDateTime,
                4 => moment.ToString("o", CultureInfo.InvariantCulture),
                5 => moment.ToString(CultureInfo.InvariantCulture),
                6 => moment.UtcDateTime.ToString("u", CultureInfo.InvariantCulture),
                _ => PSSerializer.Deserialize(PSSerializer.Serialize(new PSObject(moment))),
            };
            if (new DateAttribute().Transform(null!, given) is not DateTimeOffset read || read != moment)
                throw new InvalidOperationException($"{given} was not read as {moment:o}.");
            // As another calendar writes it: refused, or the moment itself.
            if (new DateAttribute().Transform(null!, moment.ToString(CultureInfo.CurrentCulture)) is DateTimeOffset { Year: < 1900 or > 2200 } odd)
                throw new InvalidOperationException($"{moment.ToString(CultureInfo.CurrentCulture)} was read as {odd:o}.");
            _ = new DateAttribute().Transform(null!, mutator.Text("2026-01-14T10:10:22Z"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>A page, or nothing, where an operation's answer is due: it is no success.</summary>
    internal static void Page(Mutator mutator)
    {
        var operation = mutator.Pick(Operations.Value);
        var (status, type) = (mutator.Pick([200, 201, 202, 204, 302, 401, 403, 404, 405, 407, 502]), mutator.Pick(["text/html", "text/html; charset=utf-8", "text/plain", "application/xhtml+xml", ""]));
        var body = mutator.Pick(["<html>Sign in</html>", "RBAC: access denied", "\ufeff<!DOCTYPE html>", "OK", "0", "null", "{}"]) + mutator.Text();
        var service = new FakeService(_ => (status, type, System.Text.Encoding.UTF8.GetBytes(body)));
        var keys = operation.Template.Split('/').Where(s => s.StartsWith('{')).Select(_ => "11111111-1111-1111-1111-111111111111").ToArray();
        var request = operation.Request(keys);
        _ = service.Connect().SendAsync(
            request,
            answer =>
            {
                operation.Require(answer, request);
                return answer;
            },
            service, default).GetAwaiter().GetResult();
        if (body.Trim(' ', '\r', '\n').Length > 0)
            throw new InvalidOperationException($"{status} {type} '{body}' is a success of {operation.Method} {operation.Template}.");
    }

    /// <summary>An address with a password or a signature, in the middle of anything.</summary>
    internal static void Address(Mutator mutator)
    {
        var address = mutator.Pick(
        [
            $"https://storage.example/a/b.oml?X-Amz-Signature={Canary}&x=1", $"https://storage.example/a?x=1&sig={Canary}", $"http://user:{Canary}@proxy.example:8080/", $"https://{Canary}@host.example",
            $"https://storage.example/a?sv=2&sig={Canary}%2F%3D", $"https://s.example/?X-Goog-Signature={Canary}", $"https://s.example/?Expires=1&Signature={Canary}&Key-Pair-Id={Canary}", $"https://s.example/?access_token={Canary}",
            $"socks5://u:{Canary}@[::1]:1080", $"https://s.example/p?code={Canary}",
        ]);
        var text = mutator.Text("before ") + mutator.Pick([" ", "'", "\"", "(", "=", "\n", ">"]) + address + mutator.Pick([" ", "'", "\"", "\n", "<", ""]) + mutator.Text(" after");
        foreach (var shown in new[] { Redactor.Clean(text), Redactor.CleanAddresses(text), Redactor.Excerpt(text), Redactor.Safe(new HttpRequestException(text, new IOException(text)))!.ToString() })
        {
            if (shown.Contains(Canary, StringComparison.Ordinal))
                throw new InvalidOperationException($"a secret of {address} is shown: {shown}");
        }

        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && (Redactor.Whole(uri) + Redactor.Address(uri)).Contains(Canary, StringComparison.Ordinal))
            throw new InvalidOperationException($"a secret of {address} is shown.");
    }

    // A row of a type that this parameter takes besides its own.
    private static bool IsTaken(ReferenceAttribute reference, string own, PSObject row) => reference.Also.Concat(reference.ResourceType.Types)
        .SelectMany(t => t.GetProperties().Select(p => p.Name)).Any(n => n != "Key" && n.EndsWith("Key", StringComparison.Ordinal) && own.Equals(row.Properties[n]?.Value));

    private static object? Wrapped(Mutator mutator, int depth) => mutator.Next(depth > 2 ? 5 : 8) switch
    {
        0 => null,
        1 => "",
        2 => " \t\u00a0\u2003\r\n"[..mutator.Next(6)],
        3 => new PSObject(""),
        4 => System.Management.Automation.Internal.AutomationNull.Value,
        5 => Array.Empty<string>(),
        6 => new PSObject(new object?[] { Wrapped(mutator, depth + 1) }),
        _ => new[] { Wrapped(mutator, depth + 1) },
    };
}
