using System.Security;
using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Authentication;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Reads the value of a setting as a user specifies it: a value, a secret, a file, or the name of a secret in a vault.</summary>
internal sealed class SettingInput(ChangeCmdlet cmdlet)
{
    private readonly VaultSecrets _vaults = new(cmdlet);

    /// <summary>Ends the command when the typed parameters can't be a value.</summary>
    internal void RejectContradiction(object? value)
    {
        if (!cmdlet.IsTyped("Value"))
            return;
        var wrong = value is null ? Typed.NothingIn("Value")
            : cmdlet.IsTyped("SecretName") ? new OdcException(OdcErrorCause.InvalidRequest, "-Value and -SecretName are two values for one setting.", "Specify one of them.") : null;
        if (wrong is not null)
            cmdlet.ThrowTerminatingError(ErrorRecords.From(wrong, target: null));
    }

    /// <summary>Whether the piped object can be what is changed; an error is written if it can't. Its properties bind by name, so that any object with a property Value would be taken.</summary>
    internal bool Accepts(PSObject? piped, params Type[] types)
    {
        if (piped is null || piped.BaseObject is string or Guid)
            return true;
        var input = PipedObject.Of(piped);
        var origins = input.Type is { } own ? [own] : input.Origins;
        if (origins.Count == 0 || origins.Any(types.Contains))
            return true;
        var type = origins[0];
        cmdlet.WriteError(ErrorRecords.From(
            new OdcException(OdcErrorCause.InvalidRequest, $"{cmdlet.MyInvocation.MyCommand.Name} can't read a setting from {ResourceType.ArticleOf(type.Name).ToLowerInvariant()} {type.Name}.", "Pipe settings, or rows with the columns Asset, Stage, Name and Value."), input.Target));
        return false;
    }

    /// <summary>The wanted setting of one input. The empty cell of a row is no value; a typed empty text clears the setting.</summary>
    /// <exception cref="OdcException">The value is a list or an object, or the secret can't be read.</exception>
    internal async Task<WantedSetting> ReadAsync(string name, ObjectReference input, object? value, string? secretName, string? vaultName, CancellationToken cancellationToken, SettingPlace? place = null)
    {
        var (read, secret, file) = Read(value);
        // A typed value applies to all rows.
        if (secret is null && Filled(secretName) is { } named && !cmdlet.IsTyped("Value"))
        {
            if (read is not (null or "") && !cmdlet.IsTyped("SecretName"))
                throw new OdcException(OdcErrorCause.InvalidRequest, $"The row for {name} has a value and a secret name.", "Leave one of the cells empty.");
            (read, secret) = (null, await _vaults.ReadAsync(named, Filled(vaultName), cancellationToken));
        }

        if (read is null && secret is null && !input.IsRow && input.Resource is not ISetting)
            throw new OdcException(OdcErrorCause.InvalidRequest, $"There is no value for {name}.", "Specify -Value, or -SecretName for a secret.");
        return new WantedSetting(cmdlet.IsTyped("Name") ? name.Trim() : FullName(name.Trim(), input), input.Target)
        {
            // A typed name is another setting than that of the piped row.
            SettingKey = cmdlet.IsTyped("Name") ? null : (input.Resource as ISetting)?.SettingKey,
            Section = Filled(place?.Section),
            Element = Filled(place?.Element),
            Library = Filled(place?.Library),
            AssetName = NameIn(input, "Asset"),
            StageName = cmdlet.IsTyped("Stage") ? null : NameIn(input, "Stage"),
            FromStage = cmdlet.IsTyped("Stage") ? NameIn(input, "Stage") ?? (input.Resource as ISetting)?.StageName : null,
            Value = read,
            ClearsByEmpty = cmdlet.IsTyped("Value"),
            SecretValue = secret,
            FileName = file ?? (cmdlet.IsTyped("Value") ? null : (input.Resource as OdcConfigurationValue)?.FileName),
            IsFile = file is not null,
        };
    }

    /// <summary>A value; null when there is none.</summary>
    /// <exception cref="OdcException">The value is a list or an object.</exception>
    internal static (object? Value, Secret? Secret, string? FileName) Read(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        SecureString secure => (null, Secret.From(secure), null),
        OdcSecretText text => (null, Secret.From(text.ToSecureString()), null),
        PSCredential credential => (null, Secret.From(credential.Password), null),
        FileInfo file => (ReadFile(file), null, file.Name),
        SwitchParameter flag => (flag.IsPresent, null, null),
        byte[] bytes => (bytes, null, null),
        null => (null, null, null),
        string or IFormattable or bool => ((value as PSObject)?.BaseObject ?? value, null, null),
        var other => throw new OdcException(
            OdcErrorCause.InvalidRequest, $"A setting has one value: a text, a number, a date, true or false, and not {ResourceType.ArticleOf(other.GetType().Name).ToLowerInvariant()} {other.GetType().Name}.",
            "Specify one value, a SecureString for a secret, or a file from Get-Item for a binary setting."),
    };

    private static byte[] ReadFile(FileInfo file)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OdcException(file.Exists ? OdcErrorCause.FileFailed : OdcErrorCause.FileNotFound, $"The file {file.FullName} can't be read: {e.Message}", "Check the path and the permissions of the file.", e);
        }
    }

    // The table shows the full name: who edits it in a file means it.
    private static string FullName(string name, ObjectReference input) => input.Column("FullName") switch
    {
        null => name,
        var full when string.Equals(full, name, StringComparison.OrdinalIgnoreCase) || full.EndsWith("/" + name, StringComparison.OrdinalIgnoreCase) => full,
        var full => throw new OdcException(OdcErrorCause.InvalidRequest, $"The row has the name {name} and the full name {full}.", "Correct one of them, or remove the column FullName."),
    };

    // A name in a row; a key there is checked by itself.
    private static string? NameIn(ObjectReference input, string column) =>
        new[] { column, column + "Name" }.Select(input.Column).FirstOrDefault(text => text is not null && !Guid.TryParse(text, out _));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
}
