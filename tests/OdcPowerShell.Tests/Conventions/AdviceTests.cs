using System.Collections;
using System.Management.Automation;
using OdcPowerShell.Bases;
using OdcPowerShell.Binding;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>What to do arrives: in the message itself where the host does not show the recommended action of an error.</summary>
public sealed class AdviceTests
{
    public static TheoryData<OdcErrorCause> Causes => [.. Enum.GetValues<OdcErrorCause>()];

    [Theory]
    [InlineData("7.5.0", "ConciseView", true)]
    [InlineData("7.6.9", "conciseview", true)]
    [InlineData("7.5.0-preview.1", "ConciseView", true)]
    [InlineData("7.4.13", "ConciseView", false)]
    [InlineData("5.1.26100.1", null, false)]
    [InlineData("7.6.9", "NormalView", false)]
    [InlineData("7.6.9", "CategoryView", false)]
    [InlineData(null, "ConciseView", false)]
    public void Only_the_concise_view_of_a_new_engine_shows_the_action(string? version, string? view, bool shows) =>
        Assert.Equal(shows, ErrorRecords.ShowsAction(version is null ? null : new Hashtable { ["PSVersion"] = version }, view));

    [Theory]
    [MemberData(nameof(Causes))]
    public void Every_error_says_what_to_do_in_another_view(OdcErrorCause cause)
    {
        using var shell = new Shell();
        shell.Set("ErrorView", "NormalView");
        var state = shell.Run("$ExecutionContext.SessionState").Single<SessionState>();
        var record = ErrorRecords.WithAdvice(ErrorRecords.From(new OdcException(cause, "It failed.", "Do this."), target: null), state);
        Assert.Equal(("It failed. Do this.", "Do this."), (record.ToString(), record.ErrorDetails.RecommendedAction));
        // Written twice, as an error that a nested command wrote, it is not said twice.
        Assert.Equal("It failed. Do this.", ErrorRecords.WithAdvice(record, state).ToString());
    }

    /// <summary>A name is advised only where names are looked up, or are the key.</summary>
    [Fact]
    public void What_is_advised_for_a_rejected_value_is_accepted() =>
        Faults.None(from type in ResourceTypes.All
                    let action = new Rejection(type).NoKey("Orders").RecommendedAction!
                    where action.Contains($"by its {type.FoundBy}", StringComparison.Ordinal) != (type.IsFoundByName || type.HasTextKey)
                       || action.Contains("by its key", StringComparison.Ordinal) == type.HasTextKey
                    select $"{type.Noun}: {action}");

    /// <summary>PowerShell ends a text in quotes with any of five characters, and names may have each of them.</summary>
    [Fact]
    public void Commands_in_messages_quote_names_in_one_place() =>
        Faults.None(from source in Module.Sources("OdcPowerShell").Concat(Module.Sources("OdcPowerShell.Core"))
                    where !source.EndsWith("MessageText.cs", StringComparison.Ordinal)
                    from line in Module.Code(source)
                    where line.Text.Contains("\"''\"", StringComparison.Ordinal) || line.Text.Contains("EscapeSingleQuoted", StringComparison.Ordinal)
                    select $"{source}:{line.Number}: use {nameof(MessageText)}.{nameof(MessageText.Quoted)}");

    [Theory]
    [InlineData("Ana's \u2018Café\u2019 \u201aA\u201b")]
    [InlineData("plain")]
    [InlineData("$(throw) `n \"x\"")]
    public void A_quoted_name_is_the_name(string name)
    {
        using var shell = new Shell();
        Assert.Equal(name, shell.Run("Write-Output " + MessageText.Quoted(name)).Single<string>());
    }

    [Theory]
    [InlineData("Get-OdcOrganization")]
    [InlineData("Get-OdcConnection nobody")]
    public void What_a_user_sees_says_it(string command)
    {
        using var shell = new Shell();
        foreach (var view in (string[])["NormalView", "ConciseView"])
        {
            shell.Set("ErrorView", view);
            var error = shell.Run(command).Error;
            Assert.Equal(view == "NormalView", error.ToString().EndsWith(error.ErrorDetails.RecommendedAction, StringComparison.Ordinal));
        }

        shell.Set("ErrorView", "NormalView");
        var caught = shell.Catch(command + " -ErrorAction Stop");
        Assert.Equal(caught.Exception.Message + " " + caught.ErrorDetails.RecommendedAction, caught.ToString());
    }

    [Theory]
    [InlineData("Get-OdcUser")]
    [InlineData("Get-OdcGroup")]
    [InlineData("Get-OdcAsset")]
    public async Task A_missing_permission_is_named_in_the_message_of_every_view(string command)
    {
        await using var lab = await TenantLab.StartAsync(client: "empty");
        var denied = Assert.IsType<OdcApiException>(lab.Shell.Catch(command).MustBe("OdcAccessDenied").Exception);
        Assert.Contains(denied.RequiredPermission!, denied.Message, StringComparison.Ordinal);
    }
}
