using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>New-OdcAsset creates assets without a file.</summary>
public sealed class NewOdcAssetTests
{
    private const string Create = "POST /api/asset-repository/v1/assets";

    [Fact]
    public async Task An_asset_is_made_and_written_in_the_words_of_all_others()
    {
        await using var lab = await TransferLab.StartAsync();
        File.WriteAllBytes(lab.PathOf("icon.png"), [1, 2, 3]);
        var template = lab.Shell.Run("(Invoke-OdcRestMethod '/api/asset-repository/v1/assets?metadata.templateType=ApplicationTemplate').results[0].assetKey").Single<string>();
        var portfolio = lab.Tenant.Delivery.Portfolios[1].Key;
        var made = lab.Shell.Run($"New-OdcAsset 'New app' WebApplication -TemplateKey {template} -Description 'For tests' -IconPath icon.png -PortfolioKey {portfolio}").Single<OdcCreatedRevision>();
        Assert.Equal(("New app", "WebApplication", 1, "For tests", template), (made.Name, made.AssetType, made.Revision, made.Description, made.ClonedFromTemplateKey));
        var asset = lab.Tenant.Delivery.Asset("New app");
        Assert.Equal((made.AssetKey, portfolio), (asset.Key.ToString(), asset.PortfolioKey));
        Assert.Contains("\"iconBase64\":\"AQID\"", Assert.Single(lab.Tenant.Statistics.Requests[Create]).Body, StringComparison.Ordinal);
        lab.Shell.Set("url", made.IconUrl);
        lab.Shell.Run("Save-OdcContent back.png -Uri $url").ThrowOnError();
        Assert.Equal([1, 2, 3], File.ReadAllBytes(lab.PathOf("back.png")));
    }

    [Fact]
    public async Task Nothing_is_said_that_was_not_given()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Shell.Run("New-OdcAsset Bare Workflow").ThrowOnError();
        Assert.Equal("""{"assetCreationDetails":{"assetName":"Bare","assetType":"Workflow"}}""", Assert.Single(lab.Tenant.Statistics.Requests[Create]).Body);
    }

    [Fact]
    public async Task Rows_make_several_and_one_failure_is_one_error()
    {
        await using var lab = await TransferLab.StartAsync();
        var result = lab.Shell.Run("@([pscustomobject]@{ Name = 'One'; Type = 'Agent' }, [pscustomobject]@{ Name = 'Two'; Type = 'Nonsense' }, [pscustomobject]@{ Name = 'Three'; AssetType = 'Workflow' }) | New-OdcAsset");
        Assert.Equal(["One", "Three"], result.Output.Select(o => ((OdcCreatedRevision)o.BaseObject).Name));
        Assert.Equal("Two", Assert.Single(result.Errors).MustBe("OdcInvalidRequest").TargetObject);
    }

    [Fact]
    public async Task A_template_is_found_by_its_name()
    {
        await using var lab = await TransferLab.StartAsync();
        var template = lab.Shell.Run("(Invoke-OdcRestMethod '/api/asset-repository/v1/assets?metadata.templateType=ApplicationTemplate').results[0].name").Single<string>();
        lab.Shell.Set("template", template);
        var made = lab.Shell.Run("New-OdcAsset Copy WebApplication -Template $template").Single<OdcCreatedRevision>();
        Assert.NotNull(made.ClonedFromTemplateKey);
    }

    [Fact]
    public async Task WhatIf_shows_the_request_without_the_icons_bytes_and_sends_nothing()
    {
        await using var lab = await TransferLab.StartAsync();
        File.WriteAllBytes(lab.PathOf("icon.png"), [1, 2, 3]);
        lab.Tenant.Statistics.Clear();
        Assert.Empty(lab.Shell.Run("New-OdcAsset Bare Workflow -IconPath icon.png -WhatIf").ThrowOnError().Output);
        Assert.Empty(lab.Tenant.Statistics.Requests);
        Assert.Contains("\"iconBase64\":\"(3 bytes of icon.png)\"", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("AQID", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_icon_is_told_before_anything_is_sent()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Tenant.Statistics.Clear();
        lab.Shell.Run("New-OdcAsset Bare Workflow -IconPath nowhere.png").Error.MustBe("OdcFileNotFound");
        Assert.Empty(lab.Tenant.Statistics.Requests);
    }
}
