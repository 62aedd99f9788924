namespace OdcPowerShell.Help.Site;

/// <summary>A page of the site, written as HTML and as Markdown.</summary>
/// <param name="Name">Its file's name, without the ending.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Blocks">What stands below.</param>
internal sealed record Page(string Name, string Title, string Summary, IReadOnlyList<Block> Blocks);

/// <summary>A part of a page. Names of commands and topics in its text become links.</summary>
internal abstract record Block;

/// <summary>The heading of a part.</summary>
internal sealed record Heading(int Level, string Text) : Block;

/// <summary>Prose.</summary>
internal sealed record Paragraph(string Text) : Block;

/// <summary>Lines that are shown as they are.</summary>
internal sealed record CodeLines(string Text, string Language) : Block;

/// <summary>A list.</summary>
internal sealed record Bullets(IReadOnlyList<string> Items) : Block;

/// <summary>A table; the first column is the head of its row.</summary>
internal sealed record Rows(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Cells) : Block;
