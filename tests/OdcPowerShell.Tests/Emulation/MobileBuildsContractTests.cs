using System.Text.Json.Nodes;
using OdcPowerShell.Emulator;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Every operation of the native mobile builds API answers as the official specification says.</summary>
public sealed class MobileBuildsContractTests
{
    private const string Base = "/api/native-mobile-builds/v1/";
    private const string Builds = Base + "build-operations";

    [Fact]
    public async Task Every_operation_answers_with_its_status_and_schema()
    {
        var specification = Specification.Required();
        await using var lab = await DeliveryLab.StartAsync();
        var (place, packaged) = await PlaceAsync(lab);
        var key = (string)(await lab.SendAsync("POST", Builds, With(packaged, "mobilePlatform", "Android")))["key"]!;
        lab.Delivery.SkipTime(TimeSpan.FromHours(2));
        var query = $"environmentKey={lab.Qa}&applicationKey={lab.Key("Driver Go")}";
        var configurations = $"{Base}environments/{lab.Qa}/applications/{lab.Key("Driver Go")}/configurations";
        var setting = (string)(await lab.GetAsync($"{configurations}/extensibility-settings"))["settings"][0]!["key"]!;
        (string Method, string Path, JsonObject? Body)[] requests =
        [
            ("GET", $"{Builds}?{query}", null),
            ("GET", $"{Builds}?{query}&mobilePlatform=Android&revision=1&status=Finished&limit=1&offset=1", null),
            ("GET", $"{Builds}/{key}?{query}", null),
            ("GET", $"{Builds}/{key}/log-messages?{query}&limit=2", null),
            ("POST", Builds, With(packaged, "mobilePlatform", "iOS")),
            ("POST", $"{Builds}/version-suggestions", place),
            ("POST", $"{Builds}/native-build-validation", packaged),
            ("GET", $"{configurations}/android", null),
            ("PATCH", $"{configurations}/android", new JsonObject { ["buildType"] = new JsonObject { ["value"] = "Bundle" } }),
            ("GET", $"{configurations}/ios", null),
            ("PATCH", $"{configurations}/ios", new JsonObject { ["appIdentifier"] = new JsonObject { ["value"] = "com.acme.x" } }),
            ("GET", $"{Base}native-builder-versions", null),
            ("GET", $"{configurations}/extensibility-settings", null),
            ("PATCH", $"{configurations}/extensibility-settings", new JsonObject { ["settings"] = new JsonArray(new JsonObject { ["key"] = setting, ["value"] = "28" }) }),
        ];
        var faults = new List<string>();
        foreach (var (method, path, body) in requests)
        {
            var request = body is null ? WireRequest.Parse(method, path) : WireRequest.WithJson(method, path, body.ToJsonString());
            var operation = specification.Find(request)!;
            faults.AddRange(RequestJudge.Faults(request, operation).Select(f => $"{request}: {f}"));
            var answer = await lab.SendAsync(method, path, body?.DeepClone().AsObject());
            if (answer.Status != operation.Status)
                faults.Add($"{request}: {answer.Status} instead of {operation.Status}: {answer.Text}");
            else if (operation.Answer is { } schema)
                faults.AddRange(RequestJudge.Validate(answer.Text, schema).Select(e => $"{request}: {e.Path} {e.Kind}"));
            else if (answer.Text.Length > 0)
                faults.Add($"{request}: a body where none belongs");
        }

        Faults.None(faults);
        Assert.Equal(
            specification.All.Select(o => o.Name).Where(n => n.Contains(Base, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            requests.Select(r => specification.Find(WireRequest.Parse(r.Method, r.Path))!.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_build_passes_its_states_and_uses_up_a_version()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var (place, packaged) = await PlaceAsync(lab);
        var key = (string)(await lab.SendAsync("POST", Builds, With(packaged, "mobilePlatform", "Android")))["key"]!;
        var query = $"environmentKey={lab.Qa}&applicationKey={lab.Key("Driver Go")}";
        var seen = new List<string>();
        for (var minute = 0; minute <= 60; minute += 5)
        {
            seen.Add((string)(await lab.GetAsync($"{Builds}/{key}?{query}"))["status"]!);
            lab.Delivery.SkipTime(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(["Waiting", "Validating", "Building", "Shielding", "Finished"], seen.Distinct());
        Assert.Equal("1.0.1", (string)(await lab.SendAsync("POST", $"{Builds}/version-suggestions", place))["Android"]["mobileVersionNumber"]!);
        Assert.Equal(400, (await lab.SendAsync("POST", Builds, With(With(packaged, "mobilePlatform", "Android"), "mobileVersionNumber", "1.0.0"))).Status);
        // The last page names a next one, too: the schema allows no null.
        Assert.NotNull((await lab.GetAsync($"{Builds}/{key}/log-messages?{query}"))["page"]["nextPageOffset"]);
    }

    [Fact]
    public async Task What_is_wrong_is_rejected()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var (place, packaged) = await PlaceAsync(lab);
        var app = $"{Base}environments/{lab.Qa}/applications/{lab.Key("Driver Go")}/configurations";
        (string Method, string Path, JsonObject? Body, int Status)[] requests =
        [
            ("GET", Builds, null, 400),
            ("GET", $"{Builds}?environmentKey={lab.Qa}&applicationKey={lab.Key("Fleet")}", null, 404),
            ("GET", $"{Builds}?environmentKey={lab.Qa}&applicationKey={lab.Key("Driver Go")}&status=Done", null, 400),
            ("GET", $"{Builds}/{Guid.NewGuid()}?environmentKey={lab.Qa}&applicationKey={lab.Key("Driver Go")}", null, 404),
            ("POST", Builds, packaged, 400),
            ("POST", Builds, With(packaged, "mobilePlatform", "Windows"), 400),
            ("POST", $"{Builds}/native-build-validation", With(packaged, "buildKey", Guid.NewGuid().ToString()), 404),
            ("POST", $"{Builds}/native-build-validation", place, 400),
            ("PATCH", $"{app}/android", new JsonObject { ["buildType"] = new JsonObject { ["value"] = "AppStore" } }, 400),
            ("PATCH", $"{app}/android", new JsonObject { ["keystore"] = new JsonObject { ["value"] = "no base64!" } }, 400),
            ("PATCH", $"{app}/ios", new JsonObject { ["keystore"] = new JsonObject { ["value"] = "AAAA" } }, 400),
            ("PATCH", $"{app}/ios", new JsonObject { ["buildType"] = "Adhoc" }, 400),
            ("GET", $"{Base}environments/{lab.Qa}/applications/{lab.Key("Order Desk")}/configurations/android", null, 404),
        ];
        foreach (var (method, path, body, status) in requests)
            Assert.Equal((method, path, status), (method, path, (await lab.SendAsync(method, path, body?.DeepClone().AsObject())).Status));
    }

    [Fact]
    public async Task Five_starts_a_minute_are_allowed()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var (place, _) = await PlaceAsync(lab);
        lab.Tenant.EnforceLimits = true;
        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (await lab.SendAsync("POST", $"{Builds}/version-suggestions", place.DeepClone().AsObject())).Status);
        Assert.Equal(429, (await lab.SendAsync("POST", $"{Builds}/version-suggestions", place.DeepClone().AsObject())).Status);
    }

    // The app in QA, with what runs there.
    private static async Task<(JsonObject Place, JsonObject Packaged)> PlaceAsync(DeliveryLab lab)
    {
        var place = new JsonObject { ["environmentKey"] = lab.Qa.ToString(), ["applicationKey"] = lab.Key("Driver Go").ToString() };
        var running = (await lab.GetAsync($"{DeliveryLab.Portfolios}/deployed-assets?key={lab.Key("Driver Go")}&environmentKey={lab.Qa}")).Results[0]!["deployments"]![0]!;
        return (place, With(With(place, "buildKey", (string)running["buildKey"]!), "revision", (int)running["revision"]!));
    }

    private static JsonObject With(JsonObject body, string member, JsonNode value)
    {
        var with = body.DeepClone().AsObject();
        with[member] = value;
        return with;
    }
}
