using System.Reflection;
using OdcPowerShell.Http;
using OdcPowerShell.Bases;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Fuzz.Targets;

/// <summary>Answers of every operation that the module knows, made from the official schemas.</summary>
internal static class Answers
{
    private static readonly MethodInfo Typed = typeof(Answers).GetMethod(nameof(SendAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static readonly Lazy<IReadOnlyList<(Operation Operation, string Sample, string? Refusal)>> Samples = new(() =>
    [
        .. from operation in OperationCatalogue.All
           where operation.GetType().IsGenericType
           let specified = Specification.Required().All.First(o => operation.Matches(new HttpMethod(o.Method), o.Template))
           where specified.Answer is not null
           from kind in Enum.GetValues<Sample>()
           select (operation, SampleBody.Json(specified.Answer!, kind), specified.Refusal(400) is { } refusal ? SampleBody.Json(refusal, kind) : null),
    ]);

    internal static void Read(Mutator mutator)
    {
        var (operation, sample, _) = mutator.Pick(Samples.Value);
        Send(operation, new FakeService(_ => (200, mutator.ContentType(), mutator.Body(sample))));
    }

    internal static void Refuse(Mutator mutator)
    {
        var (operation, sample, refusal) = mutator.Pick(Samples.Value);
        var status = mutator.Pick([400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503, 302, 600]);
        Send(operation, new FakeService(_ => (status, mutator.ContentType(), mutator.Body(refusal ?? sample))));
    }

    internal static void ReadRaw(Mutator mutator)
    {
        var sample = mutator.Pick(Samples.Value).Sample;
        var service = new FakeService(_ => (200, mutator.ContentType(), mutator.Body(sample)));
        var request = new ApiRequest(HttpMethod.Get, "/api/any");
        if (service.Connect().SendAsync(request, answer => RawJson.Read(answer, request), service, default).GetAwaiter().GetResult() is { } json)
            JsonValues.ToPowerShell(json);
    }

    private static void Send(Operation operation, FakeService service) =>
        ((Task)Typed.MakeGenericMethod(operation.GetType().GetGenericArguments()).Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, [operation, service], culture: null)!).GetAwaiter().GetResult();

    private static async Task SendAsync<T>(Operation<T> operation, FakeService service)
    {
        var keys = operation.Template.Split('/').Where(s => s.StartsWith('{')).Select(_ => "11111111-1111-1111-1111-111111111111").ToArray();
        Shown.Read(await service.Connect().SendAsync(operation.Request(keys), operation, service, default));
    }
}
