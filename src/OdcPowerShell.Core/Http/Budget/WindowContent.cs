namespace OdcPowerShell.Http;

/// <summary>What a slot of a limit's file contains after its head: the moment when it was written, and the window.</summary>
internal static class WindowContent
{
    private const int MostPlaces = 400;
    private const int MostProcesses = 200;

    internal static TimeSpan Moment(BinaryReader reader) => TimeSpan.FromTicks(reader.ReadInt64());

    /// <summary>The window, after its moment.</summary>
    internal static WindowState Read(BinaryReader reader)
    {
        var state = new WindowState(0) { Proven = reader.ReadInt32() };
        if (reader.ReadBoolean())
            state.Refusal = new Refusal(Moment(reader), Moment(reader), Moment(reader), reader.ReadInt32(), reader.ReadInt32());
        for (var left = reader.ReadInt32(); left > 0; left--)
            state.Others.Add(new RateProcess(reader.ReadInt64(), Moment(reader), reader.ReadBoolean()));
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (process, sent, came) = (reader.ReadInt64(), Moment(reader), Moment(reader));
            state.Places.Add(new RatePlace(process, sent, came == TimeSpan.MinValue ? null : came));
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
            writer.Write(place.Left.Ticks);
            writer.Write((place.Came ?? TimeSpan.MinValue).Ticks);
        }
    }
}
