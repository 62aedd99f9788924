namespace OdcPowerShell.Emulator;

/// <summary>The headers that tell of the end of version 1; not quite HTTP dates, as in the documentation.</summary>
internal static class Deprecation
{
    public static void Announce(ApiCall call)
    {
        var headers = call.Request.HttpContext.Response.Headers;
        headers["Deprecation"] = "Wed, 08 Jul 2026 00:00:00 UTC";
        headers["Sunset"] = "Fri, 08 Jan 2027 00:00:00 UTC";
    }
}
