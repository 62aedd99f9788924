namespace OdcPowerShell.Sandbox.Engine;

/// <summary>
/// Lets Tab complete members. The engine sorts them with Microsoft.PowerShell.Utility\Sort-Object and, where that module is
/// absent, offers none. Only the qualified name is given, and hidden: <c>Sort-Object</c> stays the unknown command it is.
/// </summary>
internal static class MemberCompletion
{
    public const string Script = """
        & {
            $module = New-Module -Name Microsoft.PowerShell.Utility -ScriptBlock {
                function Sort-Object {
                    param($Property, [switch] $Unique, [Parameter(ValueFromPipeline)] $InputObject)
                    process { $InputObject }
                }
            } | Import-Module -PassThru
            $module.ExportedFunctions['Sort-Object'].Visibility = 'Private'
            $ExecutionContext.InvokeProvider.Item.Remove('function:Sort-Object', $false)
        }
        """;
}
