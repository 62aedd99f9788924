using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>New-OdcAssetRevision makes the same revision in whatever way the file goes.</summary>
public sealed class NewOdcAssetRevisionTests
{
    private const string Create = "POST /api/asset-repository/v1/assets";
    private const string Mint = "POST /api/asset-repository/v1/uploads";
    private const string Direct = "New-OdcAssetRevision orders.oml -Direct";

    [Theory]
    [InlineData("New-OdcAssetRevision orders.oml", 1, 1)]
    [InlineData(Direct, 0, 0)]
    [InlineData(Direct + " -CommitMessage hi", 0, 0)]
    [InlineData("Get-ChildItem *.oml | New-OdcAssetRevision", 1, 1)]
    [InlineData("'orders.oml' | New-OdcAssetRevision -Direct", 0, 0)]
    [InlineData("New-OdcUpload | Send-OdcFile orders.oml -PassThru | New-OdcAssetRevision", 1, 1)]
    [InlineData("$upload = New-OdcUpload; Send-OdcFile orders.oml $upload; New-OdcAssetRevision -FileUri ($upload.UploadUrl | ConvertFrom-SecureString -AsPlainText)", 1, 1)]
    public async Task A_file_becomes_the_next_revision(string script, int uploads, int puts)
    {
        await using var lab = await TransferLab.StartAsync();
        var asset = lab.Tenant.Delivery.Assets[0];
        var bytes = lab.Write("orders.oml", asset);
        var made = lab.Shell.Run(script).Single<OdcCreatedRevision>();
        Assert.Equal((asset.Key.ToString(), asset.Name, asset.Type, asset.LatestRevision + 1), (made.AssetKey, made.Name, made.AssetType, made.Revision));
        Assert.True(made.CreatedAt > DateTimeOffset.UtcNow.AddMinutes(-5));
        Assert.Equal((uploads, puts, 1), (lab.Tenant.Statistics.Requests[Mint].Count, lab.ToStorage.Count(r => r.Method == "PUT"), lab.Tenant.Statistics.Requests[Create].Count));
        Assert.Empty(lab.Storage.RefusedAuthorizations);
        lab.Shell.Set("url", made.SourceCodeBinaryUrl);
        lab.Shell.Run("Save-OdcContent back.oml -Uri $url").ThrowOnError();
        Assert.Equal(bytes, File.ReadAllBytes(lab.PathOf("back.oml")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Direct")]
    public async Task What_is_said_of_it_arrives(string way)
    {
        await using var lab = await TransferLab.StartAsync();
        var asset = lab.Tenant.Delivery.Assets[0];
        lab.Write("orders.oml", asset);
        var made = lab.Shell.Run($"New-OdcAssetRevision orders.oml {way} -Tag 77.1.0 -ReleaseNote 'New ü' -CommitMessage 'Why \"so\"' -SkipSequentialVersionValidation -PortfolioKey {asset.PortfolioKey}").Single<OdcCreatedRevision>();
        Assert.Equal("77.1.0", made.Tag);
        var read = lab.Shell.Run($"Invoke-OdcRestMethod /api/asset-repository/v1/assets/{asset.Key}; Invoke-OdcRestMethod /api/asset-repository/v1/assets/{asset.Key}/revisions/{made.Revision}/release-notes").ThrowOnError().Output;
        Assert.Equal(("Why \"so\"", "New ü"), (read[0].Properties["commitMessage"].Value, read[1].Properties["content"].Value));
    }

    [Fact]
    public async Task Nothing_is_said_that_was_not_given()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        lab.Shell.Run("New-OdcAssetRevision orders.oml").ThrowOnError();
        var body = Assert.Single(lab.Tenant.Statistics.Requests[Create]).Body!;
        Assert.Matches("""^\{"fileUri":"[^"]+"\}$""", body);
    }

    [Fact]
    public async Task A_file_of_an_unknown_asset_makes_it()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Write("new.oml", new EmulatedAsset(Guid.NewGuid(), "Brand new", "WebApplication", Guid.Empty, 0, HighestTag: null));
        var made = lab.Shell.Run("New-OdcAssetRevision new.oml").Single<OdcCreatedRevision>();
        Assert.Equal(("Brand new", 1), (made.Name, made.Revision));
        Assert.Equal(1, lab.Tenant.Delivery.Asset("Brand new").LatestRevision);
    }

    [Theory]
    [InlineData("New-OdcAssetRevision large.oml", "OdcFileTooLarge")]
    [InlineData("New-OdcAssetRevision large.oml -Direct", "OdcFileTooLarge")]
    [InlineData("New-OdcAssetRevision large.oml -Direct -Tag 1.0.0", "OdcFileTooLarge")]
    [InlineData("New-OdcAssetRevision nowhere.oml", "OdcFileNotFound")]
    [InlineData("New-OdcAssetRevision -FileUri 'http://storage.example/x?sig=1'", "OdcInvalidRequest")]
    public async Task What_can_not_be_sent_is_told_before_anything_is(string script, string id)
    {
        await using var lab = await TransferLab.StartAsync();
        LargeFile.Write(lab.PathOf("large.oml"));
        lab.Tenant.Statistics.Clear();
        var result = lab.Shell.Run(script);
        Assert.Null(result.Terminating);
        Assert.Single(result.Errors).MustBe(id);
        Assert.Empty(lab.Tenant.Statistics.Requests);
    }

    [Theory]
    [InlineData("New-OdcAssetRevision orders.oml -Tag 9.9.9", "\"fileUri\":\"(the upload of orders.oml, 300,000 bytes)\"")]
    [InlineData("New-OdcAssetRevision orders.oml -Direct -Tag 9.9.9", "\"tag\":\"9.9.9\"} (300,000 bytes of orders.oml)")]
    [InlineData("New-OdcAssetRevision orders.oml -Direct", "assets (300,000 bytes of orders.oml)")]
    [InlineData("New-OdcAssetRevision -FileUri 'https://storage.example/a.oml?X-Other=hidden'", "\"fileUri\":\"https://storage.example/a.oml\"")]
    public async Task WhatIf_shows_the_request_and_sends_nothing(string script, string shown)
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        lab.Tenant.Statistics.Clear();
        lab.Shell.Run(script + " -WhatIf").ThrowOnError();
        Assert.Empty(lab.Tenant.Statistics.Requests);
        Assert.Contains(shown, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_not_asked_for_again()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        lab.Spoil(Fault.LostAnswer, "/api/asset-repository/v1/assets");
        lab.Shell.Run(Direct).Error.MustBe("OdcOutcomeUnknown");
        Assert.Single(lab.Tenant.Statistics.Requests[Create]);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_and_the_file_sent_again()
    {
        await using var lab = await TransferLab.StartAsync();
        var bytes = lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        lab.Tenant.Answer("/api/asset-repository/v1/assets", new CannedAnswer(401, "application/json", "{}") { Times = 1 });
        var made = lab.Shell.Run(Direct).Single<OdcCreatedRevision>();
        lab.Shell.Set("url", made.SourceCodeBinaryUrl);
        lab.Shell.Run("Save-OdcContent back.oml -Uri $url").ThrowOnError();
        Assert.Equal(bytes, File.ReadAllBytes(lab.PathOf("back.oml")));
    }
}
