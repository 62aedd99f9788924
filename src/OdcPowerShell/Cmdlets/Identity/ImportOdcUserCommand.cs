namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Creates many users, 100 in a request.</summary>
/// <remarks>
/// <para>Pipe rows to it, from Import-Csv or elsewhere, with a property Email and, if you like, Name, PhotoUrl, Active, IdentityProvider, Subject and Username. Empty cells are left out. The service allows five such requests a minute, and processes them in the background.</para>
/// <para>Without -Wait, writes one object for each request. With -Wait, writes one object for each row when its import has ended, and an error for each row without a new user, with the number of the row and the reason.</para>
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
/// <code>Import-Csv users.csv | Import-OdcUser -Wait | Add-OdcGroupUser -Group Clerks</code>
/// <para>Creates users and adds them to a group, with one more request.</para>
/// </example>
[Cmdlet(VerbsData.Import, "OdcUser", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.CreateBulkOperation))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetBulkOperation), With = "Wait")]
[OutputType(typeof(OdcUserImport), typeof(OdcUserImportResult))]
public sealed class ImportOdcUserCommand : StartCmdlet
{
    private readonly Dictionary<string, ImportedRows> _sent = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RequestBody> _records = [];
    private ImportedRows _rows = new();
    private int _row;
    private int _firstRow;

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

    /// <summary>The row with the values of the other parameters. With -Wait, its result keeps the row's other columns.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _row++;
        // For a piped text, PowerShell clears only parameters that the row before had set.
        var email = InputObject?.BaseObject is string text && !MyInvocation.BoundParameters.ContainsKey(nameof(Email)) ? text : Email;
        if (InputObject is not null && PipedObject.Of(InputObject).WrongDelimiter() is { } delimiter)
            ThrowTerminatingError(ErrorRecords.From(delimiter, InputObject));
        if (Fault(email) is { } fault)
        {
            WriteResult(ImportedRows.Failed(new ImportedRow(_row, email ?? "", InputObject), fault));
            return;
        }

        var record = RequestBody.Bind(this, skipsEmpty: true).Add("email", email!.Trim());
        if (IdentityProvider.FirstOrDefault() is { } provider)
            record.Add("identityProviderKey", provider.Key);
        _firstRow = _records.Count == 0 ? _row : _firstRow;
        _records.Add(record);
        _rows.Add(new ImportedRow(_row, email.Trim(), InputObject));
        if (_records.Count == IdentityApi.UsersPerImport)
            SendGathered();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_records.Count > 0)
            SendGathered();
        base.EndProcessing();
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

    private static bool IsEmailColumn(string name) => name.ToUpperInvariant() is "EMAIL" or "MAIL" or "EMAILADDRESS";

    private void SendGathered()
    {
        var what = _records.Count == 1 ? $"1 user (row {_firstRow})" : $"{_records.Count} users (rows {_firstRow} to {_row})";
        var rows = _rows;
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
            return;
        }

        var rows = _sent[import.OperationKey ?? ""];
        rows.Number(import.Results ?? []);
        foreach (var result in (import.Results ?? []).Concat(rows.Unanswered(import)).OrderBy(r => r.Row ?? int.MaxValue).ToList())
            WriteResult(result);
    }

    private void WriteResult(OdcUserImportResult result)
    {
        if (!result.IsSuccess)
            WriteError(ErrorRecords.From(ImportedRows.Explain(result), result));
        if (Wait)
            WriteObject(ImportedRows.WithColumns(ResourceView.Show(result), result.Source as PSObject));
    }
}
