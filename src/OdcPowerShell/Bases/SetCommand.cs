using System.Reflection;

namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that changes settings of resources. The specified parameters become the body of the request, and -PassThru reads the resource again.</summary>
public abstract class SetCommand : ChangeCmdlet
{
    private protected SetCommand()
    {
    }

    /// <summary>Writes the changed objects.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The resources that the user specified.</summary>
    private protected abstract IEnumerable<ObjectReference> Specified { get; }

    private protected abstract Operation Patch { get; }

    /// <summary>Reads a changed resource and writes it.</summary>
    private protected abstract void WriteChanged(ObjectReference reference);

    /// <summary>The body for one resource; null, with an error, when there is nothing to change.</summary>
    private protected virtual RequestBody? BodyFor(ObjectReference reference) => Changes(reference, Changeable);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var reference in Specified)
        {
            if (BodyFor(reference) is { } body)
                Defer(() => Change(reference, body));
        }
    }

    /// <summary>The names of the parameters that change something, for messages.</summary>
    private protected string Changeable
    {
        get
        {
            var names = GetType().GetProperties().Where(p => p.IsDefined(typeof(BodyParameterAttribute))).Select(p => "-" + p.Name).ToList();
            return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[names.Count - 1]}";
        }
    }

    private void Change(ObjectReference reference, RequestBody body)
    {
        if (!SendChange(reference, Patch, body))
            return;
        if (GetType().GetProperty("Name") is not null)
            ForgetNamesLater();
        if (PassThru)
            WriteChanged(reference);
    }
}
