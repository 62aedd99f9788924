using System.Management.Automation;
using System.Text.Json.Serialization;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The comparison finds each kind of loss.</summary>
public sealed class NothingLostTests
{
    private const string Json = """{ "key": "k", "when": "2026-01-02T03:04:05Z", "count": 3, "flag": true, "parts": [{ "name": "one", "new": "n" }] }""";

    [Fact]
    public void A_whole_object_passes() => Faults.None(NothingLost.Losses(Json, [Shown(new Thing())]));

    public static TheoryData<string> Losses =>
    [
        """{ "missing": null }""",
        """{ "key": null }""",
        """{ "key": "other" }""",
        """{ "thingKey": "k" }""",
        """{ "when": "2026-01-02T03:04:05+01:00" }""",
        """{ "localWhen": "2026-01-02T03:04:05Z" }""",
        """{ "count": "3" }""",
        """{ "count": 4 }""",
        """{ "flag": false }""",
        """{ "parts": [] }""",
        """{ "parts": [{ "name": "two" }] }""",
        """{ "parts": [{ "other": 1 }] }""",
        """{ "hidden": "h" }""",
        """{ "results": [] }""",
    ];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_is_found(string json) => Assert.Single(NothingLost.Losses(json, [Shown(new Thing())]));

    [Fact]
    public void A_member_that_only_the_schema_knows_is_found()
    {
        var shown = PSObject.AsPSObject(new Resource());
        shown.Properties.Add(new PSNoteProperty("name", "n"));
        Assert.Contains("give Resource a property", Assert.Single(NothingLost.Losses("""{ "name": "n" }""", [shown])), StringComparison.Ordinal);
    }

    private static PSObject Shown(Thing thing)
    {
        PSObject.AsPSObject(thing.Parts[0]).Properties.Add(new PSNoteProperty("new", "n"));
        return PSObject.AsPSObject(thing);
    }

    private sealed class Thing
    {
        [JsonPropertyName("key")]
        public string ThingKey { get; } = "k";

        public DateTimeOffset When { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public DateTimeOffset LocalWhen { get; } = new(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1));

        public int Count { get; } = 3;

        public bool Flag { get; } = true;

        public IReadOnlyList<Part> Parts { get; } = [new Part()];

        [JsonIgnore]
        public string Hidden { get; } = "other";
    }

    private sealed class Resource : OdcResource;

    private sealed class Part
    {
        public string Name { get; } = "one";
    }
}
