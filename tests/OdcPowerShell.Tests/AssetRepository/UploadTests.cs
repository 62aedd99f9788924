using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>New-OdcUpload and Send-OdcFile.</summary>
public sealed class UploadTests
{
    private const string Mint = "POST /api/asset-repository/v1/uploads";

    [Fact]
    public async Task An_upload_shows_its_place_and_hides_its_URL()
    {
        await using var lab = await TransferLab.StartAsync();
        var upload = lab.Shell.Run("($upload = New-OdcUpload)").Single<OdcUpload>();
        Assert.Equal((lab.Storage.Url.Authority, "1.oml", $"{lab.Storage.Url.Authority}/1.oml"), (upload.Host, upload.Name, upload.ToString()));
        var copy = lab.Shell.Run("$upload | Out-Default; $upload | ConvertTo-CliXml").Single<string>();
        Assert.Contains("1.oml", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("1.oml", copy, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Signature", lab.Shell.Host.Text + copy + System.Text.Json.JsonSerializer.Serialize(upload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_call_makes_another_and_WhatIf_none()
    {
        await using var lab = await TransferLab.StartAsync();
        Assert.Equal(["1.oml", "2.oml"], lab.Shell.Run("New-OdcUpload; New-OdcUpload").All<OdcUpload>().Select(u => u.Name!));
        lab.Tenant.Statistics.Clear();
        Assert.Empty(lab.Shell.Run("New-OdcUpload -WhatIf").ThrowOnError().Output);
        Assert.Empty(lab.Tenant.Statistics.Requests);
        Assert.Contains(Mint.Replace(" ", " " + lab.Tenant.Url.Authority, StringComparison.Ordinal), lab.Shell.Host.Text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_put_to_an_upload()
    {
        await using var lab = await TransferLab.StartAsync();
        var bytes = lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        Assert.Empty(lab.Shell.Run("($upload = New-OdcUpload) | Send-OdcFile orders.oml").ThrowOnError().Output);
        var upload = lab.Shell.Run("Send-OdcFile -Path ./orders.oml -Upload $upload -PassThru").Single<OdcUpload>();
        Assert.Equal((lab.PathOf("orders.oml"), bytes.Length, true), (upload.File, (int)upload.Length!, upload.SentAt > DateTimeOffset.UtcNow.AddMinutes(-1)));
        var stored = Assert.Single(lab.Storage.Files);
        Assert.Equal(("/uploads/1.oml", bytes.Length, "application/octet-stream"), (stored.Path, (int)stored.Length, stored.ContentType));
        Assert.Equal(2, lab.ToStorage.Count(r => r.Method == "PUT" && r.Status == 200));
        Assert.All(lab.ToStorage.Where(r => r.Method == "PUT"), r => Assert.False(r.HasAuthorization));
        Assert.Empty(lab.Storage.RefusedAuthorizations);
    }

    [Fact]
    public async Task A_lost_answer_is_put_again()
    {
        await using var lab = await TransferLab.StartAsync();
        var bytes = lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        lab.Spoil(Fault.LostAnswer, "/uploads/");
        lab.Shell.Run("New-OdcUpload | Send-OdcFile orders.oml").ThrowOnError();
        Assert.Equal(2, lab.ToStorage.Count(r => r.Method == "PUT"));
        Assert.Equal(bytes.Length, Assert.Single(lab.Storage.Files).Length);
    }

    [Fact]
    public async Task An_ended_upload_says_to_get_a_new_one()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        lab.Shell.Run("$upload = New-OdcUpload").ThrowOnError();
        lab.Storage.ExpireUrls();
        var error = lab.Shell.Run("$upload | Send-OdcFile orders.oml").Error.MustBe("OdcLinkExpired");
        Assert.Contains("New-OdcUpload", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$upload | Send-OdcFile large.oml", "OdcFileTooLarge")]
    [InlineData("$upload | Send-OdcFile nowhere.oml", "OdcFileNotFound")]
    [InlineData("$upload | Send-OdcFile .", "OdcFileNotFound")]
    public async Task What_can_not_be_sent_is_told_before_anything_is(string script, string id)
    {
        await using var lab = await TransferLab.StartAsync();
        LargeFile.Write(lab.PathOf("large.oml"));
        lab.Shell.Run("$upload = New-OdcUpload").ThrowOnError();
        lab.Shell.Run(script).Error.MustBe(id);
        Assert.DoesNotContain(lab.ToStorage, r => r.Method == "PUT");
    }

    [Theory]
    [InlineData("$upload | Send-OdcFile orders.oml", "/uploads/")]
    [InlineData("New-OdcAssetRevision orders.oml", "/uploads/")]
    [InlineData("New-OdcAssetRevision orders.oml -Direct", "/api/asset-repository/v1/assets")]
    public async Task Stopping_ends_it(string script, string path)
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0], size: 5_000_000);
        lab.Shell.Run("$upload = New-OdcUpload").ThrowOnError();
        var hasArrived = Stopping.Hold(lab.Tenant, Fault.SlowFirstByte, path);
        await Stopping.EndsAsync(lab.Shell, script, _ => hasArrived());
    }

    [Fact]
    public async Task WhatIf_sends_nothing()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Write("orders.oml", lab.Tenant.Delivery.Assets[0]);
        lab.Shell.Run("$upload = New-OdcUpload; $upload | Send-OdcFile orders.oml -WhatIf").ThrowOnError();
        Assert.DoesNotContain(lab.ToStorage, r => r.Method == "PUT");
        Assert.DoesNotContain("X-Signature", lab.Shell.Host.Text, StringComparison.Ordinal);
    }
}
