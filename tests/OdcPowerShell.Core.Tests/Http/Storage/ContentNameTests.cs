namespace OdcPowerShell.Core.Tests.Http.Storage;

public sealed class ContentNameTests
{
    [Theory]
    [InlineData("Orders", 3, "", "https://s.example/a/source.oml?sig=1", "Orders-r3.oml")]
    [InlineData("Orders", 3, "-icon", "https://s.example/a/icon.svg?sig=a.b", "Orders-r3-icon.svg")]
    [InlineData("Orders", null, "-icon", "https://s.example/a/icon", "Orders-icon.bin")]
    [InlineData("Orders", 1, "", "https://s.example/a/file.withalongextension", "Orders-r1.bin")]
    [InlineData(null, 3, "", "https://s.example/a/source.oml?sig=1", "source.oml")]
    [InlineData(null, null, "", "https://s.example/?sig=1", "content.bin")]
    [InlineData(null, null, "", null, "content.bin")]
    public void A_name_tells_owner_revision_and_kind(string? owner, int? revision, string kind, string? url, string name) =>
        Assert.Equal(name, ContentName.Of(owner, revision, kind, url, ".bin"));

    [Theory]
    [InlineData("Orders & Co-r3.oml", "Orders & Co-r3.oml")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("..", "content")]
    [InlineData("a\\b:c*d?e\"f<g>h|i\n.oml", "a_b_c_d_e_f_g_h_i_.oml")]
    [InlineData(" name. ", "name")]
    [InlineData("con.oml", "_con.oml")]
    [InlineData("LPT1", "_LPT1")]
    [InlineData("COMA.txt", "COMA.txt")]
    [InlineData("", "content")]
    public void A_name_fits_every_file_system_and_leads_nowhere(string name, string safe) => Assert.Equal(safe, ContentName.Safe(name));

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var safe = ContentName.Safe(new string('x', 400) + ".oml");
        Assert.Equal((150, ".oml"), (safe.Length, Path.GetExtension(safe)));
    }

    [Fact]
    public void A_long_name_is_cut_and_keeps_an_extension_only_where_that_is_one()
    {
        Assert.Equal(new string('a', 146) + ".oml", ContentName.Safe(new string('a', 300) + ".oml"));
        Assert.Equal("a." + new string('b', 148), ContentName.Safe("a." + new string('b', 70_000)));
    }

    /// <summary>File systems count bytes.</summary>
    [Theory]
    [InlineData("\u6587", 300)]
    [InlineData("\U0001F600", 300)]
    [InlineData("a\U0001F600", 200)]
    [InlineData("\u00e9", 150)]
    public void A_long_name_is_cut_by_its_bytes_and_between_its_letters(string letter, int times)
    {
        var safe = ContentName.Safe(string.Concat(Enumerable.Repeat(letter, times)) + ".oml");
        Assert.Equal(".oml", Path.GetExtension(safe));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(safe), 100, 150);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(safe)));
        // As it is while it grows.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "odc-" + Guid.NewGuid())).FullName;
        var path = Path.Combine(folder, ContentName.Cut(string.Concat(Enumerable.Repeat(letter, times)), 250));
        using (var partial = PartialFile.Create(path, replaces: false))
            Assert.True(partial.Complete().Exists);
        Directory.Delete(folder, recursive: true);
    }
}
