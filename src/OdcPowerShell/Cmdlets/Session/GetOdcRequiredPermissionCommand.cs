namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Lists the permissions that an API client needs for a script, without running the script.</summary>
/// <remarks>
/// <para>Reads scripts, finds the commands of this module in them, and writes one object for each permission that the API client needs, with the commands, the operations and their rate limits. Nothing of a script is run, and without -Compare no request is sent. Scripts that a script calls by a path are read too, if the path is a literal or begins with $PSScriptRoot.</para>
/// <para>Needed is Always, OnlyIf for a permission that depends on values which only a run shows, or Optional for one without which a command works too, but may leave something out, such as names; Condition shows which. Needed is Unknown for a place that can't be analysed, such as Invoke-Expression, a command that this module does not have, a command whose name is in a variable, or a request of Invoke-OdcRestMethod whose method or path the caller of the script can specify: look at these places yourself. The default of a script's parameter is not taken for its value.</para>
/// <para>With -Compare, Granted shows whether the API client of a connection has the permission: Yes, No, or Unknown, with the reason. For this, lists are read with one object each; nothing is changed. A permission that no such request shows is Unknown.</para>
/// <para type="note">With -Compare, list operations that need these permissions are called too.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcRequiredPermission -Command Get-OdcUser, Get-OdcStage</code>
/// <para>Lists the permissions that two commands need, with all of their parameters.</para>
/// </example>
/// <example>
/// <code>Get-OdcRequiredPermission -ScriptBlock { Get-OdcUser -Stage Production | Get-OdcEndUserRole } -Compare</code>
/// <para>Lists what these lines need, and shows what the API client of the default connection lacks.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem *.ps1 | Get-OdcRequiredPermission -Detailed | Export-Csv permissions.csv</code>
/// <para>Writes a row for each command and operation of all scripts of a folder to a file.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcRequiredPermission", DefaultParameterSetName = PathSet)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization), With = "Compare", When = "if any permission is enough", IsOptional = true)]
[OutputType(typeof(OdcRequiredPermission), typeof(OdcComparedPermission))]
public sealed class GetOdcRequiredPermissionCommand : OdcCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string BlockSet = "ScriptBlock";
    private const string CommandSet = "Command";
    private readonly ScriptReader _reader = new();
    private readonly List<ScriptUse> _commands = [];
    private OdcConnection? _connection;

    /// <summary>The scripts; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The scripts, by paths in which no character is a wildcard. Files from Get-ChildItem are taken this way.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Lines of a script in braces, which are not run.</summary>
    [Parameter(ParameterSetName = BlockSet, Mandatory = true)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Names of commands of this module, with wildcards if you like, with all of their parameters.</summary>
    [Parameter(ParameterSetName = CommandSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CommandCompleter))]
    public string[] Command { get; set; } = [];

    /// <summary>Writes an object for each place, parameter set and operation, instead of one for each permission.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Also shows whether the API client of the connection has the permissions.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Compare { get; set; }

    /// <summary>With -Compare, the connection: an object from Get-OdcConnection, or a name. Without it, the default of this runspace.</summary>
    [Parameter]
    [Connection]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Compare)
            _connection = Run(() => SessionTable.Shared.Resolve(Connection));
        if (Connection is not null && !Compare)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-Connection is only for -Compare.", "Leave -Connection out, or use -Compare too."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case BlockSet:
                _reader.ReadBlock(ScriptBlock);
                break;
            case CommandSet:
                Array.ForEach(Command, Add);
                break;
            default:
                ReadFiles();
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        List<ScriptUse> uses = [.. _reader.Uses, .. _commands];
        var list = new PermissionList(Compare);
        var rows = Detailed ? list.Detailed(uses) : list.Of(uses);
        var without = PermissionList.NeedsOf(uses).Where(n => n.Names.Count == 0).Select(n => n.Called.Operation).Distinct().Count();
        WriteVerbose($"{uses.Count(u => u.Unread is null)} calls of this module's commands; {without} of their operations need any one permission, or none that the documentation states.");
        var unread = uses.Count(u => u.Unread is not null);
        if (unread > 0)
            WriteWarning($"{(unread == 1 ? "One place was" : $"{unread} places were")} not analysed: the rows whose Needed is Unknown show where and why.");
        if (_connection is { } connection)
        {
            var check = new PermissionCheck(connection.Client);
            foreach (var row in rows.OfType<OdcComparedPermission>().Where(r => r.Permission is not null))
                Run(stopped => check.CompareAsync(row, Caller, stopped));
        }

        foreach (var row in rows)
            WriteObject(row);
    }

    private static IReadOnlyList<KnownCommand> Named(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
            return KnownCommand.Find(name) is { } command ? [command] : [];
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return [.. KnownCommand.All.Where(c => c.Operations.Count > 0 && pattern.IsMatch(c.Name)).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    private void ReadFiles()
    {
        foreach (var path in ParameterSetName == LiteralPathSet ? LiteralPath : Path)
        {
            foreach (var file in RunFor(path, () => ParameterSetName == LiteralPathSet ? [FilePaths.Resolve(this, path)] : FilePaths.Expand(this, path)) ?? [])
            {
                RunFor(file, () =>
                {
                    if (!System.IO.File.Exists(file) && KnownCommand.Find(path) is { } command)
                        throw new OdcException(OdcErrorCause.FileNotFound, $"{command.Name} is a command, and there is no file of this name.", $"For a command, use -Command {command.Name}.");
                    _reader.ReadFile(file);
                    return file;
                });
            }
        }
    }

    private void Add(string name)
    {
        var named = Named(name);
        if (named.Count == 0)
            WriteError(ErrorRecords.From(CommandOperations.Unknown(name), name));
        foreach (var command in named)
        {
            foreach (var set in command.Sets)
                _commands.Add(new ScriptUse(new ScriptPlace(Path: null, Line: null)) { Call = new ScriptCall(command, [], [set], isOpen: true) });
        }
    }
}

/// <summary>Completes names of this module's commands.</summary>
public sealed class CommandCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(System.Reflection.PropertyInfo? parameter, string typed, System.Collections.IDictionary boundParameters) =>
        KnownCommand.All.Where(c => c.Operations.Count > 0).Select(c => c.Name);
}
