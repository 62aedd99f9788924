using System.Globalization;
using System.Text;
using System.Xml;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Output;

/// <summary>The file to which a command writes its outcome. It is checked before anything is started.</summary>
internal sealed class ReportFile
{
    private readonly string _path;

    /// <param name="cmdlet">The command.</param>
    /// <param name="path">The path that the user specified with -OutFile.</param>
    /// <param name="endings">The endings that the file may have.</param>
    /// <param name="action">What to do if it has another one.</param>
    /// <exception cref="OdcException">The file can't be written, or has another ending.</exception>
    internal ReportFile(PSCmdlet cmdlet, string path, IReadOnlyList<string> endings, string action)
    {
        _path = FilePaths.Resolve(cmdlet, path);
        Ending = Path.GetExtension(_path).ToLowerInvariant();
        if (!endings.Contains(Ending, StringComparer.Ordinal))
            throw new OdcException(OdcErrorCause.InvalidRequest, $"-OutFile {path} is neither {string.Join(" nor ", endings)}.", action);
        try
        {
            var isNew = !File.Exists(_path);
            File.Open(_path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
                File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OdcException(OdcErrorCause.FileFailed, $"The result file can't be written, so nothing was started: {e.Message}", "Specify a file in an existing folder that you may write to.", e);
        }
    }

    /// <summary>A file for the rows of a comparison: JUnit XML or Markdown.</summary>
    /// <exception cref="OdcException">The file can't be written, or has another ending.</exception>
    internal static ReportFile ForRows(PSCmdlet cmdlet, string path) => new(cmdlet, path, [".xml", ".md"], "Use a file name that ends with .xml for JUnit, or .md for Markdown.");

    /// <summary>The ending of the file in lower case, with its dot.</summary>
    internal string Ending { get; }

    /// <exception cref="OdcException">The file can't be written.</exception>
    internal void WriteText(string text, string action) => Write(
        stream =>
        {
            var bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text);
            stream.Write(bytes, 0, bytes.Length);
        },
        action);

    /// <param name="write">Writes the content.</param>
    /// <param name="action">Where else the outcome is shown.</param>
    /// <exception cref="OdcException">The file can't be written.</exception>
    internal void Write(Action<Stream> write, string action)
    {
        using var memory = new MemoryStream();
        write(memory);
        try
        {
            File.WriteAllBytes(_path, memory.ToArray());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OdcException(OdcErrorCause.FileFailed, $"The result file could not be written: {e.Message}", action, e);
        }
    }
}

/// <summary>Writes JUnit XML as CI systems read it: suites with test cases.</summary>
internal static class JUnit
{
    internal static XmlWriter Begin(Stream stream, string name)
    {
        var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, CheckCharacters = false, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", Clean(name));
        return xml;
    }

    /// <summary>Begins a suite of so many test cases; the caller ends the element.</summary>
    internal static void BeginSuite(XmlWriter xml, string name, int tests, int failures, int errors, int skipped, double seconds)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("tests", Text(tests));
        xml.WriteAttributeString("failures", Text(failures));
        xml.WriteAttributeString("skipped", Text(skipped));
        xml.WriteAttributeString("errors", Text(errors));
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    /// <summary>Writes a test case.</summary>
    /// <param name="xml">The writer.</param>
    /// <param name="suite">The name of its suite.</param>
    /// <param name="name">The name of the case.</param>
    /// <param name="seconds">How long it took.</param>
    /// <param name="kind">The element for its outcome: failure, error or skipped; null for a case that passed.</param>
    /// <param name="message">The message of the outcome.</param>
    /// <param name="type">The type of a failure or an error.</param>
    /// <param name="text">More about the outcome.</param>
    internal static void WriteCase(XmlWriter xml, string suite, string name, double seconds, string? kind = null, string message = "", string? type = null, string text = "")
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(suite));
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("time", Seconds(seconds));
        if (kind is not null)
        {
            xml.WriteStartElement(kind);
            xml.WriteAttributeString("message", Clean(message));
            if (type is not null)
                xml.WriteAttributeString("type", type);
            xml.WriteString(Clean(text));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    // XML can't contain control characters, nor halves of characters.
    private static string Clean(string text) => new([.. text.Select((c, i) => XmlConvert.IsXmlChar(c) || IsPair(text, i) || IsPair(text, i - 1) ? c : ' ')]);

    private static bool IsPair(string text, int at) => at >= 0 && at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}

/// <summary>Texts in Markdown.</summary>
internal static class Markdown
{
    private const string Special = "\\`*_{}[]<>#!|~&@$\"'";

    /// <summary>A text that is shown as it is, in one line. What Markdown, HTML or GitHub would read is written as character references.</summary>
    internal static string Escape(string? text)
    {
        var escaped = new StringBuilder();
        foreach (var c in RuleText.Line(text))
            escaped.Append(Special.IndexOf(c) >= 0 ? FormattableString.Invariant($"&#{(int)c};") : c.ToString());
        // An address would become a link.
        return escaped.ToString().Replace("://", "&#58;//").Replace("www.", "www&#46;");
    }
}
