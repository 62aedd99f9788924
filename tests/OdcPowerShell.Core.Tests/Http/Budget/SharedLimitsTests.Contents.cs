namespace OdcPowerShell.Core.Tests.Http.Budget;

/// <summary>Files that no process of the module has written, and what is no file.</summary>
public sealed partial class SharedLimitsTests
{
    /// <summary>The head and the sum are right; moments and numbers are none that a process writes.</summary>
    [Theory]
    [InlineData(long.MaxValue, 0, 0, 0)]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(1, -5, 0, 0)]
    [InlineData(1, 0, long.MaxValue, 0)]
    [InlineData(1, 0, 1, -1)]
    [InlineData(1, 0, 1, int.MaxValue)]
    public async Task A_file_with_impossible_moments_or_numbers_is_left_alone(long at, int proven, long pause, int passed)
    {
        await FillAsync(1);
        var content = LimitContent.Of(at, proven, pause, passed);
        File.WriteAllBytes(_folder.File, content);
        await WorksAloneAsync(Shared(), "a file there has another content");
        Assert.Equal(content, File.ReadAllBytes(_folder.File));
    }

    /// <summary>What is in a file keeps a process no longer than the service's own answer would.</summary>
    [Fact]
    public void A_pause_of_days_is_one_of_minutes()
    {
        var (now, minute) = (TimeSpan.FromHours(5), TimeSpan.FromMinutes(1));
        var written = new WindowState(100) { Refusal = new Refusal(now, TimeSpan.FromDays(10), TimeSpan.FromDays(10), Passed: 10, Known: 0) };
        var state = new WindowState(100);
        state.Merge(written, now, own: 1, minute, now);
        Assert.Equal(TimeSpan.FromMinutes(5), state.PauseLeft(now));
        Assert.Equal(TimeSpan.FromMinutes(4), state.Refusal!.Lasts);
    }

    /// <summary>A link would have the file of another folder overwritten, and a pipe would keep the reader for ever.</summary>
    [Theory]
    [InlineData("ln", "-s {0}.target {0}", "a link is in the place of a file")]
    [InlineData("mkfifo", "{0}", "what is in the place of a file is none")]
    public async Task What_is_no_file_is_left_alone(string program, string arguments, string reason)
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "There is no /proc.");
        await FillAsync(1);
        var file = _folder.File;
        File.Delete(file);
        File.WriteAllText(file + ".target", "");
        Assert.Equal(0, Run(program, string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, file)));
        await WorksAloneAsync(Shared(), reason);
        Assert.Empty(File.ReadAllText(file + ".target"));
    }
}

/// <summary>A limit's file that another program has written.</summary>
internal static class LimitContent
{
    internal static byte[] Of(long at, int proven, long pause, int passed)
    {
        var content = new MemoryStream();
        using (var writer = new BinaryWriter(content))
        {
            writer.Write(at);
            writer.Write(proven);
            writer.Write(true);
            writer.Write(1L);
            writer.Write(pause);
            writer.Write(1L);
            writer.Write(passed);
            writer.Write(0);
            writer.Write(0);
            writer.Write(0);
        }

        var bytes = content.ToArray();
        // FNV-1a, as LimitFile has it.
        var sum = bytes.Aggregate(14695981039346656037, (sum, b) => unchecked((sum ^ b) * 1099511628211));
        var file = new MemoryStream();
        using (var writer = new BinaryWriter(file))
        {
            writer.Write(0x4C43444F);
            writer.Write(LimitFile.Version);
            writer.Write(1L);
            writer.Write(bytes.Length);
            writer.Write(sum);
            writer.Write(bytes);
        }

        return file.ToArray();
    }
}
