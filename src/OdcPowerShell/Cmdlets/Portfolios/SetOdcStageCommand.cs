using System.Collections;
using System.Globalization;

namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Changes the names or the order of stages.</summary>
/// <remarks>
/// <para>Only what you specify is changed. The order of a stage is its place among the others; gaps are usual. Scripts should select a stage by its name or key: after the stages are put in another order, the same Order belongs to another stage. -Update changes several stages in one request: all of them, or none if one can't be changed.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcStage QA -Name Acceptance -PassThru</code>
/// <para>Renames a stage and writes the changed stage.</para>
/// </example>
/// <example>
/// <code>Set-OdcStage -Update @{ Stage = 'QA'; Order = 10 }, @{ Stage = 'Production'; Order = 20 }</code>
/// <para>Reorders stages in one request.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage Prod* | Set-OdcStage -Order 30 -WhatIf</code>
/// <para>Shows the request that would move a stage.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcStage", DefaultParameterSetName = StageSet, SupportsShouldProcess = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.PatchEnvironment))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.PatchEnvironments), With = "Update")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), With = "PassThru")]
[OutputType(typeof(OdcStage))]
public sealed class SetOdcStageCommand : ChangeCmdlet
{
    private const string StageSet = "ByStage";
    private const string BatchSet = "Batch";

    /// <summary>The stages: objects from Get-OdcStage, names, keys, or rows with a column StageKey.</summary>
    [Parameter(ParameterSetName = StageSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The new name. Piped rows can have it in a column NewName or Name; the name of a piped stage is not used.</summary>
    [Parameter(ParameterSetName = StageSet, ValueFromPipelineByPropertyName = true)]
    [Alias("NewName")]
    [ValidateLength(0, 50)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>The new place among the stages.</summary>
    [Parameter(ParameterSetName = StageSet, ValueFromPipelineByPropertyName = true)]
    [BlankIsNothing]
    [BodyParameter("order")]
    public int? Order { get; set; }

    /// <summary>The changes of several stages: hashtables or objects with StageKey (a key or a name) and Name, Order or both.</summary>
    [Parameter(ParameterSetName = BatchSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public object[] Update { get; set; } = [];

    /// <summary>Writes the changed stages.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == BatchSet)
        {
            SendAll();
            return;
        }

        if (Order < 0)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The order of a stage is a number from 0, not {Order}.", "Specify another -Order."), target: null));
        foreach (var stage in Stage.Where(s => KeyOf(s) is not null))
        {
            if (Changes(stage, "-Name or -Order") is { } body && SendChange(stage, PortfoliosApi.PatchEnvironment, body))
                WriteNow([stage.Key!]);
        }
    }

    private void SendAll()
    {
        var updates = Run(() => Update.Select(StageUpdate.Read).ToList());
        updates.ForEach(update => Run(stopped => update.Stage.ToKeyAsync(Client, NameScope.None, Caller, stopped)));
        if (updates.GroupBy(u => u.Stage.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"-Update names the {twice.First().Stage.Label} more than once.", "Specify each stage once."), target: null));
        var body = new RequestBody().Add("environments", updates.Select(u => u.ToBody()).ToArray());
        if (SendChange($"{updates.Count} stages: {string.Join(", ", updates.Select(u => Label(u.Stage)))}", Update, PortfoliosApi.PatchEnvironments, [], body))
            WriteNow(updates.ConvertAll(u => u.Stage.Key!));
    }

    private void WriteNow(IReadOnlyCollection<string> keys)
    {
        Client.Names.Stages.Forget();
        if (!PassThru)
            return;
        if (RunFor(keys, stopped => Client.Names.Stages.GetAsync(Caller, stopped)) is not { } stages)
            return;
        foreach (var now in stages.Where(s => keys.Contains(s.StageKey, StringComparer.OrdinalIgnoreCase)))
            Write(now);
        foreach (var missing in keys.Except(stages.Select(s => s.StageKey!), StringComparer.OrdinalIgnoreCase))
            WriteWarning($"The stage {missing} was changed, but the list of stages that was read afterwards does not contain it.");
    }
}

/// <summary>A change of one of several stages, from a hashtable or an object.</summary>
internal sealed record StageUpdate(ObjectReference Stage, string? Name, int? Order)
{
    private const int LongestName = 50;

    /// <exception cref="OdcException">It has no stage, no change, or an unknown member.</exception>
    internal static StageUpdate Read(object item)
    {
        var members = MembersOf(item);
        var stage = (members.TryGetValue("StageKey", out var key) ? key : members.TryGetValue("Stage", out var named) ? named : null)?.ToString()?.Trim();
        var name = members.TryGetValue("Name", out var newName) ? newName?.ToString() : null;
        var order = members.TryGetValue("Order", out var place) ? OrderOf(place) : null;
        if (string.IsNullOrEmpty(stage))
            throw Wrong("An update names no stage.");
        if (string.IsNullOrEmpty(name) && order is null)
            throw Wrong($"The update of the stage '{stage}' changes nothing.");
        if (name?.Length > LongestName)
            throw Wrong($"The new name of the stage '{stage}' has {name.Length} characters: a stage's has {LongestName} at most.");
        return new StageUpdate(Reference(stage!), name is "" ? null : name, order);
    }

    internal RequestBody ToBody()
    {
        var body = new RequestBody().Add("key", Stage.Key);
        if (Name is not null)
            body.Add("name", Name);
        return Order is null ? body : body.Add("order", Order);
    }

    private static Dictionary<string, object?> MembersOf(object item)
    {
        var bare = item is PSObject wrapped ? wrapped.BaseObject : item;
        var all = bare is IDictionary table
            ? table.Keys.Cast<object>().Select(k => (Name: k.ToString()!, Value: (object?)table[k]))
            : PSObject.AsPSObject(item).Properties.Where(p => IsMember(p.Name)).Select(p => (p.Name, (object?)p.Value));
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in all)
        {
            // Unknown members of a hashtable are errors. Objects may have other properties.
            if (!IsMember(name))
                throw Wrong($"An update of a stage has no '{name}'.");
            members[name] = value is PSObject inner ? inner.BaseObject : value;
        }

        return members;
    }

    private static bool IsMember(string name) => name.ToUpperInvariant() is "STAGEKEY" or "STAGE" or "NAME" or "ORDER";

    private static int? OrderOf(object? value) => value switch
    {
        null or "" => null,
        _ when int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var order) => order,
        _ => throw Wrong($"'{value}' is not the place of a stage, which is a number from 0."),
    };

    private static ObjectReference Reference(string text) => Guid.TryParse(text, out var key)
        ? new ObjectReference(ResourceTypes.Stage, key.ToString("D"), text, piped: null)
        : new ObjectReference(ResourceTypes.Stage, key: null, text, piped: null);

    private static OdcException Wrong(string message) => new(
        OdcErrorCause.InvalidRequest, message, "Use hashtables or objects with Stage or StageKey, and Name, Order or both: @{ Stage = 'QA'; Order = 10 }.");
}
