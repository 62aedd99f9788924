namespace OdcPowerShell.Http;

/// <summary>Which part of a list is wanted, and in pages of what size.</summary>
internal sealed record ListWindow(long Skip = 0, long First = long.MaxValue, int PageSize = 100);
