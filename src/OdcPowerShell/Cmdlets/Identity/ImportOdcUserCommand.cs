namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Creates many users, 100 in a request.</summary>
/// <remarks>
/// <para>Pipe rows to it, from Import-Csv or elsewhere, with a property Email and, if you like, Name, PhotoUrl, Active, IdentityProvider, Subject and Username. Empty cells are left out. The service allows five such requests a minute, and processes them in the background.</para>
/// <para>Without -Wait, writes one object for each request. With -Wait, writes one object for each row when its import has ended, and an error for each row without a new user, with the number of the row and the reason.</para>
/// <para>With -Wait, the columns Group, Role, Stage and Asset apply to the new users: each is added to the groups and granted the end-user roles of its row, in the stages of the row. Several names in a cell are separated by semicolons. All names are looked up before the row is sent; a row with a name that is not found, or that stands for several groups or roles, is an error and is not sent. So is a row with an asset but no role, or with a role that is not one of its asset. One request adds all new users of a group. If this fails, the error of the row shows what is missing and the line that adds it.</para>
/// </remarks>
/// <example>
/// <code>Import-Csv users.csv | Import-OdcUser -AddToBuiltInIdentityProvider -Wait</code>
/// <para>Creates the users of a file and writes the result for each row.</para>
/// </example>
/// <example>
/// <code>[pscustomobject]@{ Email = 'ana@acme.example'; Name = 'Ana' }, [pscustomobject]@{ Email = 'ben@acme.example' } | Import-OdcUser</code>
/// <para>Starts the creation of two users.</para>
/// </example>
/// <example>
/// <code>[pscustomobject]@{ Email = 'ana@acme.example'; Group = 'Fleet Driver Team'; Role = 'Clerk'; Stage = 'QA; Production' } | Import-OdcUser -Wait</code>
/// <para>Creates a user, adds it to a group and grants a role in two stages. A file with such columns: Import-Csv users.csv | Import-OdcUser -Wait.</para>
/// </example>
[Cmdlet(VerbsData.Import, "OdcUser", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateBulkOperation))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetBulkOperation), With = "Wait")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups), With = "Group")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUsersOfGroup), With = "Group")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRoles), With = "Role")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GrantEndUserRole), With = "Role")]
[OutputType(typeof(OdcUserImport), typeof(OdcUserImportResult))]
public sealed class ImportOdcUserCommand : StartCmdlet
{
    private const string NotAdded = "The new users did not get all groups and roles of their rows. Add them with Add-OdcGroupUser and Grant-OdcEndUserRole; to add one twice is harmless.";
    private readonly Dictionary<string, ImportedRows> _sent = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RequestBody> _records = [];
    private readonly List<(OdcUserImportResult Result, RowAccess Access)> _withAccess = [];
    private RowAccessFinder? _access;
    private ImportedRows _rows = new();
    private int _row;
    private int _firstRow;
    private bool _hasSent;

    /// <summary>E-mail address of the user.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Mail", "EmailAddress")]
    [AllowEmptyString]
    [AllowNull]
    [BodyParameter("email")]
    public string? Email { get; set; }

    /// <summary>Full name of the user.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>Address of a picture of the user.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("photoUrl")]
    public string? PhotoUrl { get; set; }

    /// <summary>Whether the user may sign in: true or false. Without it, the service lets the user sign in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsActive")]
    [YesNo(LeavesOther = true)]
    [BodyParameter("isActive")]
    public object? Active { get; set; }

    /// <summary>Lets the users sign in with the built-in identity provider.</summary>
    [Parameter]
    [BodyParameter("addToBuiltInIdentityProvider")]
    [ValueRequired]
    public SwitchParameter AddToBuiltInIdentityProvider { get; set; }

    /// <summary>The identity provider of the user, by name or key, for Subject and Username.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IdentityProviderKey")]
    [References(typeof(OdcIdentityProvider), IsOptional = true)]
    [Names]
    public ObjectReference[] IdentityProvider { get; set; } = [];

    /// <summary>The subject that the identity provider has for the user.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("subject")]
    public string? Subject { get; set; }

    /// <summary>The user name that the identity provider has for the user.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BodyParameter("username")]
    public string? Username { get; set; }

    /// <summary>With -Wait, the end-user groups to add the user to: names, keys or objects from Get-OdcGroup.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [References(typeof(OdcGroup), IsOptional = true, IsSeparated = true)]
    [Names]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>With -Wait, the end-user roles to grant to the user: names, keys or objects from Get-OdcEndUserRole.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("EndUserRole")]
    [References(typeof(OdcEndUserRole), IsOptional = true, IsSeparated = true)]
    [Names]
    public ObjectReference[] Role { get; set; } = [];

    /// <summary>The stages of groups and roles that are specified by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [References(typeof(OdcStage), IsOptional = true, IsSeparated = true)]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The assets of roles that are specified by name, where several assets have such a role.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [References(typeof(OdcAsset), IsOptional = true, IsSeparated = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The row with the values of the other parameters. With -Wait, its result keeps the row's other columns.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    // The names of a row are looked up with its stages and assets.
    private protected override bool IsLookedUp(ObjectReference reference) => reference.Type == ResourceTypes.IdentityProvider;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _access = new RowAccessFinder(Client);
        if (!Wait && (IsTyped(nameof(Group)) || IsTyped(nameof(Role)) || IsTyped(nameof(Stage))))
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-Group, -Role and -Stage need the new users.", "Add -Wait."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _row++;
        // For a piped text, PowerShell clears only parameters that the row before had set.
        var email = InputObject?.BaseObject is string text && !MyInvocation.BoundParameters.ContainsKey(nameof(Email)) ? text : Email;
        if (InputObject is not null && PipedObject.Of(InputObject).WrongDelimiter() is { } delimiter)
            ThrowTerminatingError(ErrorRecords.From(delimiter, InputObject));
        if (_row == 1 && InputObject is not null && PipedObject.Of(InputObject).MisnamedColumns(MyInvocation.MyCommand) is { } misnamed)
            WriteWarning(misnamed);
        var access = RowAccess.None;
        if ((Fault(email) ?? AccessFault(out access)) is { } fault)
        {
            WriteResult(ImportedRows.Failed(new ImportedRow(_row, email ?? "", InputObject), fault));
            return;
        }

        var record = RequestBody.Bind(this, skipsEmpty: true).Add("email", email!.Trim());
        if (IdentityProvider.FirstOrDefault() is { } provider)
            record.Add("identityProviderKey", provider.Key);
        _firstRow = _records.Count == 0 ? _row : _firstRow;
        _records.Add(record);
        _rows.Add(new ImportedRow(_row, email.Trim(), InputObject) { Access = access });
        if (_records.Count == IdentityApi.UsersPerImport)
            SendGathered();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_records.Count > 0)
            SendGathered();
        base.EndProcessing();
        GrantAccess();
    }

    /// <summary>What is wrong with a row, as far as this can be checked here.</summary>
    private string? Fault(string? email)
    {
        if (string.IsNullOrWhiteSpace(email))
            return "it has no e-mail" + (InputObject is { BaseObject: PSCustomObject } row && !row.Properties.Any(p => IsEmailColumn(p.Name)) ? $": it has the columns {string.Join(", ", row.Properties.Select(p => p.Name))}, and none that is called Email" : "");
        if (Active is not (null or bool))
            return $"'{Active}' is neither true nor false";
        if (IdentityProvider.Length == 0 && (Subject is { Length: > 0 } || Username is { Length: > 0 }))
            return "a subject and a user name are those of an identity provider, which is not specified: use -IdentityProvider or a column IdentityProvider";
        return IdentityProvider.FirstOrDefault() is { Key: null } provider ? Try(stopped => provider.ToKeyAsync(Client, Within, Caller, stopped)).Failure?.Message.TrimEnd('.') : null;
    }

    /// <summary>What is wrong with the group, role, stage and asset of a row; null if they were found.</summary>
    private string? AccessFault(out RowAccess access)
    {
        access = RowAccess.None;
        if (Role.Length == 0 && Asset.Length > 0)
            return "it has an asset without a role: put the end-user role of the asset in the column Role, or leave Asset empty";
        if (Group.Length + Role.Length == 0)
            return Stage.Length == 0 ? null : "it has a stage, but neither a group nor an end-user role for it: put one in the column Group or Role, or leave Stage empty";
        if (!Wait)
        {
            // One error while nothing was sent, and not one for each row of the file.
            if (!_hasSent)
                ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, FormattableString.Invariant($"Row {_row} has a group or an end-user role, which only a user who was created can get. Nothing was sent."), "Add -Wait, also with -WhatIf."), InputObject));
            return "it names a group or a role, which needs -Wait";
        }

        var (found, failure) = Try(stopped => _access!.FindAsync(Group, Role, Stage, Asset, Caller, stopped));
        access = found ?? RowAccess.None;
        if (failure is not null && ErrorRecords.IsTerminating(failure))
            ThrowTerminatingError(ErrorRecords.From(failure, InputObject));
        return failure is null ? null : $"{failure.Message.TrimEnd('.')}. {failure.RecommendedAction}".TrimEnd('.', ' ');
    }

    private static bool IsEmailColumn(string name) => name.ToUpperInvariant() is "EMAIL" or "MAIL" or "EMAILADDRESS";

    private void SendGathered()
    {
        var rows = _rows;
        var what = (_records.Count == 1 ? $"1 user (row {_firstRow})" : $"{_records.Count} users (rows {_firstRow} to {_row})") + rows.AccessText;
        _hasSent = true;
        var started = Send(what, rows.Emails, IdentityApi.CreateBulkOperation, [], new RequestBody().Add("records", _records.ToArray()));
        _records.Clear();
        _rows = new ImportedRows();
        if (started is null)
            return;
        if (!Wait)
        {
            started.Emails = rows.Emails;
            Write(started);
            return;
        }

        _sent[started.OperationKey ?? ""] = rows;
        WaitLater(started);
    }

    private protected override void WriteEnded(WaitOutcome outcome)
    {
        // If an import ended with errors, each row has its own error.
        var import = (OdcUserImport)outcome.Operation;
        if (!import.IsTerminal)
        {
            this.EndedWell(outcome);
            if (_sent[import.OperationKey ?? ""].AccessText is { Length: > 0 } left)
                WriteWarning($"The import has not ended, so its users get no groups and roles{left}. Add them when it has ended: Get-OdcUserImport {import.OperationKey}.");
            return;
        }

        var rows = _sent[import.OperationKey ?? ""];
        rows.Number(import.Results ?? []);
        foreach (var result in (import.Results ?? []).Concat(rows.Unanswered(import)).OrderBy(r => r.Row ?? int.MaxValue).ToList())
        {
            // Results with groups or roles are written when these were added.
            if (result.IsSuccess && rows.AccessOf(result) is { IsNone: false } access)
                _withAccess.Add((result, access));
            else
                WriteResult(result);
        }
    }

    /// <summary>Adds the new users to their groups, with one request for each group, and grants their roles.</summary>
    private void GrantAccess()
    {
        if (_withAccess.Count == 0)
            return;
        WhenStopped = () => NotAdded;
        var failed = _withAccess.ToDictionary(w => w.Result, _ => new List<(AccessTarget Target, OdcException Why)>());
        foreach (var group in _withAccess.SelectMany(w => w.Access.Groups.Select(target => (w.Result, Target: target))).GroupBy(g => g.Target, g => g.Result))
        {
            var body = new RequestBody().Add("userKeysToAdd", group.Select(result => result.UserKey).Distinct(StringComparer.OrdinalIgnoreCase).ToArray());
            if (Failure(IdentityApi.PatchUsersOfGroup.Request([group.Key.Key], body: body.ToContent())) is { } why)
                group.ToList().ForEach(result => failed[result].Add((group.Key, why)));
        }

        foreach (var (result, role) in _withAccess.SelectMany(w => w.Access.Roles.Select(role => (w.Result, role))))
        {
            if (Failure(IdentityApi.GrantEndUserRole.Request([result.UserKey!, role.Key])) is { } why)
                failed[result].Add((role, why));
        }

        WhenStopped = null;
        foreach (var (result, _) in _withAccess)
        {
            failed[result].ForEach(f => WriteError(ErrorRecords.From(f.Target.Explain(result, f.Why, ConnectionParameter), result)));
            WriteResult(result);
        }
    }

    // Groups and roles are added when all imports have ended.
    private protected override string? HintOf(WaitingLoop loop) => _sent.Values.All(rows => rows.AccessText.Length == 0) ? base.HintOf(loop) : $"{base.HintOf(loop)} {NotAdded}".TrimStart();

    private OdcException? Failure(ApiRequest request) => Try(stopped => Client.ChangeAsync(request, Caller, stopped)).Failure;

    private void WriteResult(OdcUserImportResult result)
    {
        if (!result.IsSuccess)
            WriteError(ErrorRecords.From(ImportedRows.Explain(result), result));
        if (Wait)
            WriteObject(ImportedRows.WithColumns(ResourceView.Show(result), result.Source as PSObject));
    }
}
