namespace OdcPowerShell.Emulator;

internal static class SpoiledJson
{
    /// <summary>The spoiled JSON, or null when the fault finds nothing in it to spoil.</summary>
    public static byte[]? Of(FaultDraw draw, byte[] json)
    {
        if (Parse(json) is not { } root)
            return null;
        if (draw.Kind == Fault.WrongTypes)
            SpoilTypes(root, items: draw.Number % 2 == 0);
        else if (root["page"] is JsonObject page)
            SpoilPage(page, draw);
        else
            return null;
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    // An answer that a test has set can be any text.
    private static JsonObject? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void SpoilTypes(JsonObject root, bool items)
    {
        var spoiled = items && root["results"] is JsonArray { Count: > 0 } results ? results.OfType<JsonObject>() : [root];
        foreach (var json in spoiled)
        {
            foreach (var (name, value) in json.ToArray())
            {
                json[name] = value?.GetValueKind() switch
                {
                    JsonValueKind.Array => 17,
                    JsonValueKind.Object => new JsonArray("x"),
                    JsonValueKind.String => new JsonObject(),
                    JsonValueKind.Number => "seventeen",
                    _ => new JsonArray(),
                };
            }
        }
    }

    private static void SpoilPage(JsonObject page, FaultDraw draw)
    {
        if (draw.Kind == Fault.TotalsChange)
        {
            var total = Number(page, "totalResults") + draw.Number;
            page["totalResults"] = total;
            page["totalPages"] = (int)Math.Ceiling(total / (double)Math.Max(1, Number(page, "limit")));
            return;
        }

        page["nextPageOffset"] = draw.Kind switch
        {
            Fault.NextStalls => Number(page, "offset"),
            Fault.NextRepeats => 0,
            _ => -1,
        };
    }

    private static int Number(JsonObject page, string name) => page[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
}
