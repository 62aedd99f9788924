using System.Text;

namespace OdcPowerShell.Core.Tests.Http.Budget;

/// <summary>Folders and files that can't be used: the process counts its requests alone, says so once, and never fails or waits for ever.</summary>
public sealed partial class SharedLimitsTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(0.4);
    private static readonly Uri Tenant = new("https://acme.example");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("relative/folder", "it is not a full path")]
    [InlineData("", "it is not a full path")]
    [InlineData("/proc/odc-rate-limits", "")]
    [InlineData("/dev/null/odc", "")]
    public async Task A_folder_that_is_none_is_reported_once(string folder, string reason)
    {
        if (reason.Length == 0 && !Directory.Exists("/proc"))
            Assert.Skip("There is no /proc.");
        await WorksAloneAsync(new SharedLimits(folder, Tenant, Window), reason);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_folder_in_which_nothing_can_be_written_is_reported_once()
    {
        // Root may write anywhere, but not in the place of a folder.
        await FillAsync(1);
        var file = _folder.File;
        File.Delete(file);
        Directory.CreateDirectory(file);
        await WorksAloneAsync(Shared(), "");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(100_000)]
    public async Task A_file_with_another_content_is_left_alone(int length)
    {
        await FillAsync(1);
        var content = Encoding.ASCII.GetBytes(new string('x', length));
        File.WriteAllBytes(_folder.File, content);
        await WorksAloneAsync(Shared(), "a file there has another content");
        Assert.Equal(content, File.ReadAllBytes(_folder.File));
    }

    [Fact]
    public async Task A_file_of_another_version_is_left_alone()
    {
        await FillAsync(2);
        var content = File.ReadAllBytes(_folder.File);
        content[4] = 99;
        File.WriteAllBytes(_folder.File, content);
        await WorksAloneAsync(Shared(), "a file there is of another version of the module");
        Assert.Equal(content, File.ReadAllBytes(_folder.File));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    public void A_file_that_is_empty_or_was_cut_off_is_written_anew(int length)
    {
        // A window that does not end while the test runs.
        var minute = TimeSpan.FromMinutes(1);
        var (first, next, other) = (Budget(), Budget(), Budget());
        first.Enter([new("domain", 2)], share: 1).Answered();
        using (var file = File.OpenWrite(_folder.File))
            file.SetLength(length);
        next.Enter([new("domain", 2)], share: 1).Answered();
        Assert.Equal(1, Assert.Single(other.Read([new("domain", 2)])).UsedByOthers);
        Assert.Null(next.TakeNotice());

        RateBudget Budget() => new(minute, TimeProvider.System, new SharedLimits(_folder.Path, Tenant, minute));
    }

    [Fact]
    public async Task A_write_that_was_broken_off_leaves_what_was_before()
    {
        var budget = new RateBudget(TimeSpan.FromMinutes(1), TimeProvider.System, new SharedLimits(_folder.Path, Tenant, TimeSpan.FromMinutes(1)));
        var contents = new List<byte[]>();
        for (var i = 0; i < 3; i++)
        {
            // A ticket is written twice: when it is taken, and when it is answered.
            budget.Enter([new("domain", 10)], share: 1).Answered();
            contents.Add(File.ReadAllBytes(_folder.File));
        }

        var broken = contents[2].ToArray();
        var (newest, size) = (Difference(contents[1], contents[2]), contents[2].Length);
        // The process was killed after any part of the bytes.
        for (var cut = 0; cut < 200 && newest.Last + cut < size; cut += 7)
            broken[newest.Last - cut] ^= 0x55;
        File.WriteAllBytes(_folder.File, broken);
        var left = Assert.Single(new RateBudget(TimeSpan.FromMinutes(1), TimeProvider.System, new SharedLimits(_folder.Path, Tenant, TimeSpan.FromMinutes(1))).Read([new("domain", 10)]));
        Assert.InRange(left.Used, 2, 3);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_file_that_another_process_has_for_a_moment_is_waited_for()
    {
        await FillAsync(0);
        var budget = new RateBudget(Window, TimeProvider.System, Shared());
        RateTicket ticket;
        using (Keep())
        {
            ticket = budget.Enter([new("domain", 2)], share: 1);
            Assert.False(ticket.Granted.IsCompleted);
        }

        await ticket.Granted.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Null(budget.TakeNotice());
    }

    [Fact]
    public async Task A_file_that_another_process_never_closes_is_not_waited_for()
    {
        await FillAsync(0);
        using (Keep())
            await WorksAloneAsync(Shared(), "another process does not close a file");
    }

    [Fact]
    public async Task A_folder_that_was_repaired_is_used_again()
    {
        await FillAsync(1);
        var file = _folder.File;
        File.WriteAllText(file, "something else");
        var budget = new RateBudget(Window, TimeProvider.System, Shared());
        budget.Enter([new("domain", 2)], share: 1).Answered();
        Assert.NotNull(budget.TakeNotice());
        File.Delete(file);
        await Task.Delay(Window + Window);
        budget.Enter([new("domain", 2)], share: 1).Answered();
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_folder_that_disappears_is_made_again()
    {
        await FillAsync(1);
        Directory.Delete(_folder.Path, recursive: true);
        await FillAsync(1);
        Assert.True(File.Exists(_folder.File));
    }

    [Fact]
    public async Task Neither_name_nor_content_shows_the_tenant()
    {
        await FillAsync(2);
        var (name, content) = (Path.GetFileName(_folder.File), Encoding.ASCII.GetString(File.ReadAllBytes(_folder.File)));
        Assert.Matches("^[0-9A-F]{24}[.]limit$", name);
        Assert.DoesNotContain("acme", content, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", content, StringComparison.OrdinalIgnoreCase);
        Assert.True(content.Length < 64 * 1024, $"{content.Length}");
    }

    [Fact]
    public void What_is_not_shared()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        Assert.NotNull(SharedLimits.Of(Tenant, TimeProvider.System, Window, specified: null));
        Assert.NotNull(SharedLimits.Of(Tenant, TimeProvider.System, Window, " "));
        Assert.Null(SharedLimits.Of(Tenant, TimeProvider.System, Window, " None "));
        Assert.Null(SharedLimits.Of(Tenant, time, Window, specified: null));
        // An emulator, unless a folder is specified.
        Assert.Null(SharedLimits.Of(new Uri("http://127.0.0.1:5000"), TimeProvider.System, Window, specified: null));
        Assert.NotNull(SharedLimits.Of(new Uri("http://127.0.0.1:5000"), TimeProvider.System, Window, _folder.Path));
    }

#if !NETFRAMEWORK
    [Fact]
    public async Task Folder_and_file_are_the_users_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows: the folder of the profile is the user's.");
            return;
        }

        await FillAsync(1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File));
    }

    [Fact]
    public async Task A_full_disk_is_reported_once()
    {
        Directory.CreateDirectory(_folder.Path);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", $"-t tmpfs -o size=4k odc {_folder.Path}") == 0, "Without root no small disk can be mounted.");
        try
        {
            // A page is all that it has.
            File.WriteAllBytes(Path.Combine(_folder.Path, "full"), new byte[4096]);
            await WorksAloneAsync(Shared(), "");
        }
        finally
        {
            Run("umount", _folder.Path);
        }
    }
#endif

    private static int Run(string program, string arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private SharedLimits Shared() => new(_folder.Path, Tenant, Window);

    private FileStream Keep()
    {
        var file = new FileStream(_folder.File, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        return file;
    }

    private Task FillAsync(int count)
    {
        var budget = new RateBudget(Window, TimeProvider.System, Shared());
        for (var i = 0; i < Math.Max(1, count); i++)
        {
            var ticket = budget.Enter([new("domain", 2)], share: 1);
            if (count == 0)
                ticket.GiveBack();
            else
                ticket.Answered();
        }

        return Task.CompletedTask;
    }

    /// <summary>Two windows' requests pass under the process's own budget, with one message.</summary>
    private static async Task WorksAloneAsync(SharedLimits shared, string reason)
    {
        var budget = new RateBudget(Window, TimeProvider.System, shared);
        for (var i = 0; i < 4; i++)
        {
            var ticket = budget.Enter([new("domain", 2)], share: 1);
            await ticket.Granted.WaitAsync(TimeSpan.FromSeconds(10));
            ticket.Answered();
        }

        var notice = budget.TakeNotice();
        Assert.StartsWith("This process counts its requests without those of other processes, because ", notice, StringComparison.Ordinal);
        Assert.Contains(reason, notice, StringComparison.Ordinal);
        Assert.Null(budget.TakeNotice());
    }

    private static (int First, int Last) Difference(byte[] one, byte[] other)
    {
        var different = Enumerable.Range(0, other.Length).Where(i => i >= one.Length || one[i] != other[i]).ToList();
        return (different[0], different[different.Count - 1]);
    }
}
