using OdcPowerShell.Packaging;

try
{
    switch (args)
    {
        case ["stamp", var folder, var changelog, var projectUrl, var iconUrl, var helpUrl]:
            StagedManifest.In(folder).Complete(changelog, projectUrl, iconUrl);
            OnlineHelp.Link(folder, helpUrl);
            return 0;
        case ["describe", var folder, var lockFile, var packages]:
            // The list of hashes has the bill of materials too.
            var closure = PackageClosure.Read(lockFile, packages);
            BillOfMaterials.Write(folder, StagedManifest.In(folder), closure);
            HashList.Write(folder);
            return 0;
        case ["zip", var folder, var archive]:
            Archive.OfFolder(folder).Save(archive);
            return 0;
        case ["rewrite", var package]:
            Archive.OfPackage(package).Save(package);
            return 0;
        default:
            Console.Error.WriteLine("usage: OdcPowerShell.Packaging stamp <folder> <changelog> <project url> <icon url> <help url> | describe <folder> <lock file> <packages> | zip <folder> <zip> | rewrite <package>");
            return 2;
    }
}
catch (PackagingException e)
{
    // In the form that MSBuild shows as an error.
    Console.WriteLine("OdcPowerShell.Packaging : error ODCPACK: " + e.Message);
    return 1;
}

namespace OdcPowerShell.Packaging
{
    /// <summary>A package that can't be made, with the reason.</summary>
    internal sealed class PackagingException(string message) : Exception(message);
}
