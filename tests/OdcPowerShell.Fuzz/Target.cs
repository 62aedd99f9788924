using OdcPowerShell.Fuzz.Targets;

namespace OdcPowerShell.Fuzz;

/// <summary>A way into the module. It may end well or with an error of the module, whatever the mutator gives it.</summary>
internal sealed record Target(string Name, Action<Mutator> Run, string? Secret = null)
{
    internal static IReadOnlyList<Target> All { get; } =
    [
        new("answer", Answers.Read),
        new("refusal", Answers.Refuse),
        new("raw", Answers.ReadRaw),
        new("list", Lists.Read),
        new("token", SignIns.AskForToken, SignIns.Secret),
        new("discovery", SignIns.Discover, SignIns.Secret),
        new("access-token", SignIns.ReadClaims),
        new("tenant", Texts.Tenant),
        new("path", Texts.Paths),
        new("content", Texts.Content),
        new("reference", Rows.Reference),
        new("row", Rows.Row),
        new("body", Rows.Body),
        new("wrong-kind", Mistakes.WrongKind),
        new("csv-row", Mistakes.Row),
        new("nothing", Mistakes.Nothing),
        new("date", Mistakes.Date),
        new("page", Mistakes.Page),
        new("address", Mistakes.Address, Mistakes.Canary),
    ];
}
