using System.Reflection;
using System.Security;
using OdcPowerShell.Authentication;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>A cmdlet that changes what the packages of mobile apps in stages are made with, for one platform.</summary>
public abstract class MobileConfigurationCommand<T> : ChangeCmdlet
    where T : OdcMobileConfiguration
{
    private VaultSecrets? _vaults;
    private MobileConfigurationChange _typed = new();

    private protected MobileConfigurationCommand()
    {
    }

    /// <summary>The identifier of the app, such as com.acme.driver.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationMember("appIdentifier")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AppIdentifier { get; set; }

    /// <summary>The version of the mobile builder (MABS), as Get-OdcMobileBuilderVersion lists them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MabsVersion")]
    [ConfigurationMember("mabsVersion")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? BuilderVersion { get; set; }

    /// <summary>The framework of the packages: Capacitor or Cordova.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConfigurationMember("mobileFramework")]
    [Values("Capacitor", "Cordova")]
    public string? MobileFramework { get; set; }

    /// <summary>The vault with the secrets whose names are specified. Without it, the default vault. Vaults are read with SecretManagement.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? VaultName { get; set; }

    /// <summary>Writes the configurations as they are after the change.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The apps that the user specified.</summary>
    private protected abstract ObjectReference[] Apps { get; }

    /// <summary>The stages that the user specified.</summary>
    private protected abstract ObjectReference[] Stages { get; }

    private protected abstract string Platform { get; }

    private protected abstract Operation<T> ReadOperation { get; }

    private protected abstract Operation Patch { get; }

    private IEnumerable<PropertyInfo> Members => GetType().GetProperties().Where(p => p.IsDefined(typeof(ConfigurationMemberAttribute)));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _vaults = new VaultSecrets(this);
        // A wrong file or secret that was typed would be wrong for all input.
        _typed = Run(stopped => ReadAsync(p => IsTyped(p.Name), stopped));
        if (IsTyped(nameof(VaultName)) && !MyInvocation.ExpectingInput && !Members.Any(p => p.IsDefined(typeof(ConfigurationSecretNameAttribute)) && IsTyped(p.Name)))
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-VaultName is specified, but no secret of the vault.", "Specify the name of a secret in the vault, or leave -VaultName out."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var app in Apps.Where(a => KeyOf(a) is not null))
        {
            if (ChangeFor(app) is not { } change)
                continue;
            if (Stages.Length == 0)
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The input for {app.Label} names no stage.", "Specify -Stage, or a column Stage or StageKey."), app.Target));
            foreach (var stage in Stages)
            {
                if (KeyOf(stage) is not { } key)
                    continue;
                var place = MobileApps.PlaceOf(app, stage.Resource as OdcStage ?? StageOf(key));
                Defer(() => Change(app, place, change));
            }
        }
    }

    // An object of this module only identifies what to change: its own values would change nothing.
    private MobileConfigurationChange? ChangeFor(ObjectReference app)
    {
        if (!_typed.IsEmpty)
            return _typed;
        var nothing = RequestBody.Nothing(string.Join(", ", Members.Select(p => "-" + p.Name)));
        if (!app.IsRow)
            ThrowTerminatingError(ErrorRecords.From(nothing, target: null));
        var cells = RunFor(app.Target, stopped => ReadAsync(p => MyInvocation.BoundParameters.ContainsKey(p.Name), stopped));
        if (cells is { IsEmpty: true })
            WriteError(ErrorRecords.From(nothing, app.Target));
        return cells is { IsEmpty: false } ? cells : null;
    }

    private void Change(ObjectReference app, MobilePlace place, MobileConfigurationChange change)
    {
        if (RunFor(app.Target, stopped => place.CompleteAsync(Client, Caller, stopped)) is not { } complete)
            return;
        var what = $"{Platform} configuration of {complete}: {string.Join(", ", change.Members)}";
        var request = Patch.Request(complete.Keys, body: change.ToContent());
        if (!ShouldSend(what, request) || RunFor(app.Target, stopped => SendAsync(complete, request, stopped), what) is null || !PassThru)
            return;
        if (RunFor(app.Target, stopped => complete.ReadAsync(Client, ReadOperation, Caller, stopped), $"The {what} was changed, but reading it again failed") is { } now)
            Write(now.In(complete));
    }

    private async Task<ApiAnswer> SendAsync(MobilePlace place, ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.ChangeAsync(request, Caller, cancellationToken);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            if (await place.FindDeployedAsync(Client, Caller, cancellationToken) is null)
                throw place.NotDeployed(e);
            throw;
        }
    }

    // Vaults come last: paths are resolved on the thread of the pipeline, which a vault may leave.
    private async Task<MobileConfigurationChange> ReadAsync(Func<PropertyInfo, bool> isTaken, CancellationToken cancellationToken)
    {
        var change = new MobileConfigurationChange();
        var values = (from property in Members.Where(isTaken)
                      let value = property.GetValue(this)
                      where value is not (null or "")
                      select (Property: property, Member: property.GetCustomAttribute<ConfigurationMemberAttribute>()!, Value: value)).ToList();
        if (values.GroupBy(v => v.Member.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new OdcException(OdcErrorCause.InvalidRequest, $"{string.Join(" and ", twice.Select(v => "-" + v.Property.Name))} are two values for {twice.Key}.", "Specify one of them.");
        foreach (var (property, member, value) in values.OrderBy(v => v.Member is ConfigurationSecretNameAttribute))
        {
            switch (value)
            {
                case SecureString secret:
                    change.Add(member.Name, Filled(Secret.From(secret), property));
                    break;
                case string path when member is ConfigurationFileAttribute file:
                    var read = SigningFile.Read(FilePaths.Resolve(this, path), file.Kind);
                    change.Add(member.Name, read.Content);
                    change.Add(member.Name + "Name", read.Name);
                    break;
                case string name when member is ConfigurationSecretNameAttribute:
                    change.Add(member.Name, Filled(await _vaults!.ReadAsync(name.Trim(), string.IsNullOrWhiteSpace(VaultName) ? null : VaultName, cancellationToken), property));
                    break;
                case string text:
                    change.Add(member.Name, ValuesAttribute.Correct(property, text.Trim()));
                    break;
                default:
                    break;
            }
        }

        return change;
    }

    private static Secret Filled(Secret secret, PropertyInfo parameter) => !secret.IsEmpty ? secret : throw new OdcException(
        OdcErrorCause.InvalidRequest, $"The secret of -{parameter.Name} is empty.", "Specify a secret with a value.");
}

/// <summary>The member of a configuration for a cmdlet parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal class ConfigurationMemberAttribute(string name) : Attribute
{
    internal string Name => name;
}

/// <summary>The same for the path of a file, whose content is the value. Its name is the value of another member.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConfigurationFileAttribute(string name, SigningFileKind kind) : ConfigurationMemberAttribute(name)
{
    internal SigningFileKind Kind => kind;
}

/// <summary>The same for the name of a secret in a vault, which has the value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConfigurationSecretNameAttribute(string name) : ConfigurationMemberAttribute(name);
