namespace OdcPowerShell.Http;

/// <summary>What a slot of a limit's file contains after its head: the moment when it was written, and the window.</summary>
internal static class WindowContent
{
    private const int MostPlaces = 400;
    private const int MostProcesses = 200;
    private const long UnderWay = long.MinValue;

    // No clock shows that, and no limit is that high: another program has written the file. Two of these moments can still be added.
    private const int MostRequests = 1_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10_000 * 365);

    /// <exception cref="IOException">No clock shows that.</exception>
    internal static TimeSpan Moment(BinaryReader reader) => reader.ReadInt64() is var ticks && ticks >= 0 && ticks <= Longest.Ticks ? TimeSpan.FromTicks(ticks) : throw Foreign();

    /// <summary>The window, after its moment.</summary>
    /// <exception cref="IOException">It has moments or numbers that no process writes.</exception>
    internal static WindowState Read(BinaryReader reader)
    {
        var state = new WindowState(0) { Proven = Requests(reader, least: 0) };
        if (reader.ReadBoolean())
            state.Refusal = new Refusal(Moment(reader), Moment(reader), Moment(reader), Requests(reader, least: 0), Requests(reader, least: -MostRequests));
        for (var left = reader.ReadInt32(); left > 0; left--)
            state.Others.Add(new RateProcess(reader.ReadInt64(), Moment(reader), reader.ReadBoolean()));
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (process, sent, answered) = (reader.ReadInt64(), Moment(reader), reader.ReadInt64());
            if (answered != UnderWay && (answered < 0 || answered > Longest.Ticks))
                throw Foreign();
            state.Places.Add(new RatePlace(process, sent, answered == UnderWay ? null : TimeSpan.FromTicks(answered)));
        }

        return state;
    }

    internal static void Write(BinaryWriter writer, WindowState state, TimeSpan now)
    {
        writer.Write(now.Ticks);
        writer.Write(state.Proven);
        writer.Write(state.Refusal is not null);
        if (state.Refusal is { } refusal)
        {
            writer.Write(refusal.At.Ticks);
            writer.Write(refusal.Pause.Ticks);
            writer.Write(refusal.Lasts.Ticks);
            writer.Write(refusal.Passed);
            writer.Write(refusal.Known);
        }

        writer.Write(Math.Min(MostProcesses, state.Others.Count));
        foreach (var other in state.Others.Skip(state.Others.Count - MostProcesses))
        {
            writer.Write(other.Process);
            writer.Write(other.Seen.Ticks);
            writer.Write(other.IsWaiting);
        }

        writer.Write(Math.Min(MostPlaces, state.Places.Count));
        foreach (var place in state.Places.Skip(state.Places.Count - MostPlaces))
        {
            writer.Write(place.Process);
            writer.Write(place.Sent.Ticks);
            writer.Write(place.Answered?.Ticks ?? UnderWay);
        }
    }

    /// <summary>What is there is no limit's file.</summary>
    internal static IOException Foreign() => new("a file there has another content");

    private static int Requests(BinaryReader reader, int least) => reader.ReadInt32() is var count && count >= least && count <= MostRequests ? count : throw Foreign();
}
