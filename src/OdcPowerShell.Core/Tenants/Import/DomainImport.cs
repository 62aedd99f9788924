using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tenants;

/// <summary>Plans the changes of domains: built-in ones, custom ones and the default domain of each stage.</summary>
internal sealed class DomainImport(ImportContext context)
{
    internal async Task PlanAsync(TenantDocument wanted, TenantDocument? now)
    {
        var stage = context.Keys.Stage(wanted.Stage!)!;
        var delta = new TenantDelta(wanted, now, context.Prunes);
        if (IsLeaving(now))
        {
            context.Skip(wanted, "the domain is being removed: import again when it is gone");
            return;
        }

        var names = delta.Differs("name");
        var asset = delta.Differs("defaultAsset") && delta["defaultAsset"] is { } app ? context.Resolve(wanted, "defaultAsset", TenantKeys.Asset, null, app) : null;
        if (delta["defaultAsset"] is not null && asset is null && delta.Changes.Any(c => c.Property == "defaultAsset"))
            delta.Drop("defaultAsset");
        delta.Differs("redirect");
        if (now is null)
        {
            if (await IsFreeAsync(wanted, stage).ConfigureAwait(false))
                Create(wanted, stage, delta, asset);
            return;
        }

        if (names)
        {
            context.Skip(wanted, "the API can't change the name of a domain", [.. delta.Changes.Where(c => c.Property == "name")]);
            delta.Drop("name");
        }

        if (delta.Changes.Count == 0)
            return;
        var present = (await context.Reader.DomainsAsync(stage).ConfigureAwait(false)).Items.First(d => d.DomainKey == now.Key);
        // A member that is missing counts as null: both are always sent.
        var key = delta.Changes.Any(c => c.Property == "defaultAsset") ? asset : present.DefaultAssetKey;
        var redirect = delta["redirect"] ?? present.RedirectOption;
        Func<ApiRequest> request = () => EnvironmentConfigurationsApi.PatchDomain.Request([stage.StageKey!, now.Key!], body: Options(key, redirect));
        context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name) { Changes = delta.Changes, Preview = request, Send = sender => sender.ChangeAsync(request(), EnvironmentConfigurationsApi.PatchDomain) });
    }

    internal void PlanBuiltIn(TenantDocument wanted, TenantDocument now)
    {
        var delta = new TenantDelta(wanted, now, prunes: false);
        var items = delta.Items("domains");
        if (items.IsEmpty)
            return;
        if (!context.IsSameTenant)
        {
            context.Skip(wanted, "a built-in domain is one tenant's, and these are another's: New-OdcBuiltInDomain adds one", delta.Changes);
            return;
        }

        var primary = (wanted.Content["domains"] as JsonArray ?? []).Where(d => TenantDelta.Flag(d?["isPrimary"]) == true).Select(d => TenantDelta.Text(d!["prefix"])).ToList();
        if (primary.Count > 1)
        {
            context.Fault(wanted, $"domains[{primary[1]}].isPrimary", $"only one built-in domain can be the primary one, and {primary[0]} is that already");
            return;
        }

        var scope = ScopeOf(wanted);
        foreach (var (prefix, item) in items.Added.Where(i => IsPrefix(wanted, i.Name, scope)))
        {
            Func<ApiRequest> post = () => scope.Post.Request(scope.Keys, body: ImportContext.Body(new JsonObject { ["builtinDomainPrefix"] = prefix }));
            Add(wanted, [new TenantPropertyChange($"domains[{prefix}]", null, prefix)], post, sender => sender.CreateAsync(
                async () => (await sender.Client.ChangeAsync(post(), sender.Caller, sender.Stopped).ConfigureAwait(false), prefix).prefix,
                async fresh => (await fresh.BuiltInDomainsAsync(scope.IsOrganization ? null : context.Keys.Stage(wanted.Stage!)).ConfigureAwait(false)).Items.FirstOrDefault(d => ImportContext.IsSame(d.Prefix, prefix))?.Prefix));
        }

        foreach (var (prefix, _) in items.Added.Concat(items.Changed).Where(i => TenantDelta.Flag(i.Item["isPrimary"]) == true))
        {
            var change = new TenantPropertyChange($"domains[{prefix}].isPrimary", "false", "true");
            if (scope.IsOrganization)
                context.Skip(wanted, "the address of the ODC Portal and of the APIs would change: Set-OdcBuiltInDomain -Organization also moves stored credentials", change);
            else
                Add(wanted, [change], Primary(prefix), sender => sender.ChangeAsync(Primary(prefix)()));
        }

        Func<ApiRequest> Primary(string prefix) => () => scope.Patch.Request([.. scope.Keys, prefix]);
    }

    /// <summary>Plans the removal of built-in domains of stages that the files don't have.</summary>
    internal void PruneBuiltIn()
    {
        foreach (var wanted in context.IsSameTenant ? context.Source.Content.Documents.Where(d => d.Kind == TenantKinds.BuiltInDomains) : [])
        {
            if (context.Match(wanted) is not { } now)
                continue;
            var scope = ScopeOf(wanted);
            foreach (var (prefix, item) in new TenantDelta(wanted, now, prunes: true).Items("domains").Removed)
            {
                var change = new TenantPropertyChange($"domains[{prefix}]", prefix, null);
                if (scope.IsOrganization)
                    context.Skip(wanted, "the ODC Portal and the APIs would no longer answer there: Remove-OdcBuiltInDomain -Organization also moves stored credentials", change);
                else
                    Add(wanted, [change], Delete(prefix), sender => sender.RemoveAsync(Delete(prefix)()), TenantAction.Remove);
            }

            Func<ApiRequest> Delete(string prefix) => () => scope.Delete.Request([.. scope.Keys, prefix]);
        }
    }

    internal async Task PlanDefaultAsync(TenantDocument wanted, TenantDocument now)
    {
        var stage = context.Keys.Stage(wanted.Stage!)!;
        var isBuiltIn = TenantDelta.Flag(wanted.Content["isBuiltIn"]) == true;
        var (from, to) = (NameOf(now), NameOf(wanted));
        if (isBuiltIn && TenantDelta.Text(wanted.Content["domain"]) is { } other)
        {
            context.Fault(wanted, "domain", $"\"isBuiltIn\" is true, so that {other} would be ignored: remove one of the two");
            return;
        }

        if (to is null && from is not null && TenantDelta.Flag(wanted.Content["isBuiltIn"]) == false)
        {
            context.Fault(wanted, "isBuiltIn", "\"isBuiltIn\" is false, and \"domain\" is missing: write the hostname of the stage's domain there");
            return;
        }

        // With another primary domain, the default one of before is no longer the built-in one.
        var changesPrimary = isBuiltIn && context.Plan.Steps.Any(s => s.Kind == TenantKinds.BuiltInDomains && !s.IsSkipped && ImportContext.IsSame(s.Stage, wanted.Stage) && s.Changes.Any(c => c.Property.EndsWith("].isPrimary", StringComparison.Ordinal)));
        if (to is null || (ImportContext.IsSame(from, to) && !changesPrimary) || (!isBuiltIn && !await HasDomainAsync(wanted, stage, to).ConfigureAwait(false)))
            return;
        Func<string, ApiRequest> request = domain => EnvironmentConfigurationsApi.PatchDefaultDomain.Request([stage.StageKey!], body: ImportContext.Body(new JsonObject { ["defaultDomain"] = domain }));
        context.Add(new TenantStep(TenantAction.Change, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = [new TenantPropertyChange("domain", from, to)],
            Needs = isBuiltIn ? [] : context.Creating([(TenantKinds.Domain, wanted.Stage, to)]),
            Preview = () => request(isBuiltIn ? stage.BuiltinDomain! : to),
            Send = async sender =>
            {
                var domain = !isBuiltIn ? to : !changesPrimary ? stage.BuiltinDomain!
                    : (await sender.Fresh().BuiltInDomainsAsync(stage).ConfigureAwait(false)).Items.First(d => d.IsPrimary == true).Domain!;
                await sender.ChangeAsync(request(domain)).ConfigureAwait(false);
                sender.Client.Names.Stages.Forget();
            },
        });

        static string? NameOf(TenantDocument document) => TenantDelta.Flag(document.Content["isBuiltIn"]) == true ? "the built-in domain" : TenantDelta.Text(document.Content["domain"]);
    }

    internal void Remove(TenantDocument now)
    {
        if (IsLeaving(now))
            return;
        var stage = context.Keys.Stage(now.Stage!)!;
        Func<ApiRequest> request = () => EnvironmentConfigurationsApi.DeleteDomain.Request([stage.StageKey!, now.Key!]);
        context.Add(new TenantStep(TenantAction.Remove, now.Kind, now.Stage, now.Name)
        {
            Effect = $"apps are no longer reached under this hostname{(ImportContext.IsSame(stage.DefaultDomain, now.Name) ? "; it is the default domain of the stage" : "")}",
            Preview = request,
            Send = sender => sender.RemoveAsync(request()),
        });
    }

    // Only what the stage has, or gets before, can become its default domain.
    private async Task<bool> HasDomainAsync(TenantDocument wanted, OdcStage stage, string hostname)
    {
        var domains = await context.Reader.DomainsAsync(stage).ConfigureAwait(false);
        if (!domains.IsRead || domains.Items.Any(d => ImportContext.IsSame(d.Hostname, hostname)) || context.Creating([(TenantKinds.Domain, wanted.Stage, hostname)]).Count > 0)
            return true;
        var prefixes = context.Plan.Sent.Where(s => s.Kind == TenantKinds.BuiltInDomains && ImportContext.IsSame(s.Stage, wanted.Stage)).SelectMany(s => s.Changes).Select(c => c.To);
        if (BuiltInPrefix.SuffixOf(stage.BuiltinDomain) is { } suffix && prefixes.Any(prefix => ImportContext.IsSame(prefix + suffix, hostname)))
            return true;
        var known = domains.Items.Select(d => d.Hostname).Concat(context.Source.Content.Documents.Where(d => d.Kind == TenantKinds.Domain && ImportContext.IsSame(d.Stage, wanted.Stage)).Select(d => d.Name)).OfType<string>();
        context.Unresolved(wanted, "domain", $"{wanted.Stage} has no domain '{hostname}'{ImportContext.Meant(known, hostname)}");
        return false;
    }

    private async Task<bool> IsFreeAsync(TenantDocument wanted, OdcStage stage)
    {
        try
        {
            var hostname = Hostnames.Check(wanted.Name);
            if (!ImportContext.IsSame(hostname, wanted.Name))
                throw new OdcException(OdcErrorCause.InvalidRequest, $"The service has the hostname as {hostname}.", "Write it like this.");
            if (await OtherStageAsync(hostname, stage).ConfigureAwait(false) is { } other)
                throw new OdcException(OdcErrorCause.Conflict, $"{hostname} is a domain of {other}, and a hostname belongs to one stage.", "To move it, remove it there first (Remove-OdcDomain).");
            await DomainReader.CheckNewAsync(context.Reader.Client, stage.StageKey!, hostname, context.Reader.Caller, context.Reader.Stopped).ConfigureAwait(false);
            return true;
        }
        catch (OdcException e) when (e.Cause is OdcErrorCause.InvalidRequest or OdcErrorCause.Conflict)
        {
            context.Fault(wanted, "hostname", $"{e.Message} {e.RecommendedAction}");
            return false;
        }
    }

    // The stage that has a hostname already, or for which another file has it.
    private async Task<string?> OtherStageAsync(string hostname, OdcStage stage)
    {
        foreach (var other in (await context.Reader.NamedStagesAsync().ConfigureAwait(false)).Items.Where(s => !ImportContext.IsSame(s.StageKey, stage.StageKey)))
        {
            if ((await context.Reader.DomainsAsync(other).ConfigureAwait(false)).Items.Any(d => ImportContext.IsSame(d.Hostname, hostname)))
                return other.Name;
        }

        return context.Plan.Steps.FirstOrDefault(s => s.Action == TenantAction.Create && s.Kind == TenantKinds.Domain && ImportContext.IsSame(s.Name, hostname))?.Stage;
    }

    private bool IsPrefix(TenantDocument wanted, string prefix, BuiltInDomainScope scope)
    {
        try
        {
            _ = BuiltInPrefix.Of(prefix, suffix: null, scope);
            return true;
        }
        catch (OdcException e)
        {
            context.Fault(wanted, $"domains[{prefix}].prefix", $"{e.Message} {e.RecommendedAction}");
            return false;
        }
    }

    private void Create(TenantDocument wanted, OdcStage stage, TenantDelta delta, string? asset)
    {
        var body = new JsonObject { ["hostname"] = wanted.Name };
        if (delta["name"] is { } name)
            body["name"] = name;
        Func<ApiRequest> post = () => EnvironmentConfigurationsApi.PostDomain.Request([stage.StageKey!], body: ImportContext.Body(body));
        context.Add(new TenantStep(TenantAction.Create, wanted.Kind, wanted.Stage, wanted.Name)
        {
            Changes = delta.Changes,
            Effect = "its DNS records have to exist before it works: Get-OdcDomain shows them",
            Preview = post,
            Send = async sender =>
            {
                OdcDomain? made = null;
                var key = await sender.CreateAsync(
                    async () => (made = await sender.Client.SendAsync(post(), EnvironmentConfigurationsApi.PostDomain, sender.Caller, sender.Stopped).ConfigureAwait(false)).DomainKey!,
                    async fresh => (made = (await fresh.DomainsAsync(stage).ConfigureAwait(false)).Items.FirstOrDefault(d => ImportContext.IsSame(d.Hostname, wanted.Name)))?.DomainKey).ConfigureAwait(false);
                context.Keys.Add(wanted.Kind.Noun, wanted.Stage, wanted.Name, key);
                var redirect = delta["redirect"] ?? made!.RedirectOption;
                if (!ImportContext.IsSame(asset, made!.DefaultAssetKey) || redirect != made.RedirectOption)
                    await sender.ChangeAsync(EnvironmentConfigurationsApi.PatchDomain.Request([stage.StageKey!, key], body: Options(asset, redirect)), EnvironmentConfigurationsApi.PatchDomain).ConfigureAwait(false);
            },
        });
    }

    private static ApiBody Options(string? asset, string? redirect)
    {
        var body = new JsonObject { ["defaultApplicationKey"] = asset };
        if (redirect is not null)
            body["redirectOption"] = redirect;
        return ImportContext.Body(body);
    }

    private static bool IsLeaving(TenantDocument? now) => TenantDelta.Text(now?.Content["certificate"]) is "Deleting" or "Deleted";

    private BuiltInDomainScope ScopeOf(TenantDocument document) => new(document.Stage is null ? null : context.Keys.Stage(document.Stage)!.StageKey, document.Stage);

    private void Add(TenantDocument wanted, IReadOnlyList<TenantPropertyChange> changes, Func<ApiRequest> preview, Func<StepSender, Task> send, TenantAction action = TenantAction.Change) => context.Add(new TenantStep(action, wanted.Kind, wanted.Stage, wanted.Name)
    {
        Changes = changes,
        Preview = preview,
        Send = async sender =>
        {
            await send(sender).ConfigureAwait(false);
            sender.Client.Names.Stages.Forget();
        },
    });
}
