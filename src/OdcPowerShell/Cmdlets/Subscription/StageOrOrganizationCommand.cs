using System.Collections;
using System.Reflection;

namespace OdcPowerShell.Cmdlets.Subscription;

/// <summary>A cmdlet that reads something of stages or, without a stage, of the organization.</summary>
public abstract class StageOrOrganizationCommand : ConnectedCmdlet
{
    private protected StageOrOrganizationCommand()
    {
    }

    /// <summary>The stages: objects from Get-OdcStage, names or keys. Without it, the organization as a whole.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true)]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Stage.Length == 0)
            WriteOf(new SubscriptionScope(), Client.Origin.Host);
        foreach (var stage in Stage)
        {
            if (KeyOf(stage) is { } key)
                WriteOf(new SubscriptionScope(key, stage.Name ?? Client.Names.Stages.NameOf(key)), stage.Target);
        }
    }

    /// <summary>Reads and writes what the command gets of a stage or of the organization.</summary>
    /// <param name="scope">The stage or the organization.</param>
    /// <param name="target">The target of errors.</param>
    private protected abstract void WriteOf(SubscriptionScope scope, object target);
}

/// <summary>Ids of entitlements: Tab offers those of the specification and those that the tenant has shown. Another one is sent as it is, with a warning.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EntitlementsAttribute(string ids) : ValuesAttribute(typeof(EntitlementCompleter), [ids])
{
    private protected override bool IsSeen(PSCmdlet cmdlet, string value) =>
        cmdlet is ConnectedCmdlet { Client.Names.EntitlementIds.Seen: var seen } && seen.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>Completes ids of entitlements, without a request.</summary>
public sealed class EntitlementCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(PropertyInfo? parameter, string typed, IDictionary boundParameters)
    {
        var listed = parameter?.GetCustomAttribute<ValuesAttribute>()?.Shown ?? [];
        try
        {
            return listed.Concat(SessionTable.Shared.Resolve(ConnectionReference.From(boundParameters["Connection"])).Client.Names.EntitlementIds.Seen);
        }
        catch (OdcException)
        {
            // Without a connection, Tab offers the list.
            return listed;
        }
    }
}
