namespace OdcPowerShell;

/// <summary>The columns of the table in which a user sees objects of the class, from which the build makes the module's views.</summary>
/// <remarks>
/// <para><c>Name 24</c>: a property and the width. <c>Errors.Count 6</c>: properties one after the other, under the name of the first.</para>
/// <para><c>User=UserEmail|UserKey 34</c>: a heading, and the first that has a value. The last may be a text in quotes: <c>Stages.Count|'all' 7</c>.</para>
/// <para>Numbers stand right, instants are told to the minute, what is in a list is joined by commas.</para>
/// <para>What needs more is a script under a heading, to stand right where it says so: <c>RoomIn 8 right {$_.RoomIn.ToString('mm\:ss')}</c>.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class ColumnsAttribute(params string[] columns) : Attribute
{
    internal IReadOnlyList<string> Columns => columns;

    /// <summary>Whether what is too long goes on in further lines, instead of being cut.</summary>
    public bool Wrap { get; set; }
}
