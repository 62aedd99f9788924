namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Makes a rule for an IP filter group, and checks its addresses. It sends nothing.</summary>
/// <remarks>
/// <para>A rule has a name and 1 to 20 addresses, blocks or ranges, of IPv4 or IPv6. They are checked strictly, and written in their usual form: a block must begin with its first address, and numbers with leading zeros, zones, wildcards and host names are rejected. Addresses that are twice in a rule are left out, and overlapping ones kept, both with a warning: which addresses match is the same.</para>
/// <para>Modern systems prefer IPv6. A rule with only IPv4 addresses does not match a client that connects over IPv6: specify both.</para>
/// <para>New-OdcIpFilterGroup and Set-OdcIpFilterGroup send the rule.</para>
/// </remarks>
/// <example>
/// <code>New-OdcIpFilterRule Office 203.0.113.0/24, 198.51.100.7, 2001:db8:10::/48</code>
/// <para>Makes a rule with a block and an address of IPv4, and a block of IPv6.</para>
/// </example>
/// <example>
/// <code>Set-OdcIpFilterGroup Office -Stage Production -AddRule (New-OdcIpFilterRule 'Partner' 192.0.2.10-192.0.2.20 -Inactive) -WhatIf</code>
/// <para>Shows the request that would add a rule that does not count yet.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "OdcIpFilterRule")]
[OutputType(typeof(OdcIpFilterRule))]
public sealed class NewOdcIpFilterRuleCommand : OdcCmdlet
{
    /// <summary>Name of the rule. It should be unique in its group.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The addresses: single ones, blocks as in 203.0.113.0/24, or ranges as in 203.0.113.1-203.0.113.9. A cell of a file can have several, with semicolons between them.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Ranges", "Address")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[] Range { get; set; } = [];

    /// <summary>Makes an inactive rule, which is kept but does not count. Without it, piped rules and rows with a column IsActive stay as they are.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Inactive { get; set; }

    /// <summary>Whether a piped rule or row is active.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public object? IsActive { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (RunFor(Name, () => IpFilterRules.Checked(Name, Range, IsCounted, WriteWarning)) is { } rule)
            WriteObject(rule);
    }

    private bool IsCounted => MyInvocation.BoundParameters.ContainsKey(nameof(Inactive)) ? !Inactive : IpFilterRuleReader.IsActive(Name, IpFilterRuleReader.Bare(IsActive));
}
