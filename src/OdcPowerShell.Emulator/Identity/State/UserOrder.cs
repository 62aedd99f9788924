namespace OdcPowerShell.Emulator;

/// <summary>
/// The orders of user lists. Users without a value come last, as PostgreSQL has it; equal ones keep the order of their creation.
/// </summary>
internal sealed class UserOrder(UserSort sort) : IComparer<EmulatedUser>
{
    public int Compare(EmulatedUser? x, EmulatedUser? y)
    {
        var order = sort switch
        {
            UserSort.Key => x!.Key.CompareTo(y!.Key),
            UserSort.Email => StringComparer.OrdinalIgnoreCase.Compare(x!.Email, y!.Email),
            UserSort.Status => x!.StatusCode.CompareTo(y!.StatusCode),
            UserSort.LastLoginAt => MissingLast(x!.LastLoginTicks == 0, y!.LastLoginTicks == 0)
                ?? x.LastLoginTicks.CompareTo(y.LastLoginTicks),
            _ => MissingLast(!x!.HasName, !y!.HasName) ?? StringComparer.OrdinalIgnoreCase.Compare(x.Name, y.Name),
        };
        return order != 0 ? order : x!.Index.CompareTo(y!.Index);
    }

    private static int? MissingLast(bool x, bool y) => x == y ? null : x ? 1 : -1;
}
