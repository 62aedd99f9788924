using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Parameters;

/// <summary>Stages by name, by key, or as objects; names are looked up by <see cref="StageNames"/> when the command runs.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class StageAttribute() : KeyAttribute("stage", nameof(OdcStage.StageKey))
{
    protected override string FromText(string text) => text.Contains("://") ? base.FromText(text) : text;
}
