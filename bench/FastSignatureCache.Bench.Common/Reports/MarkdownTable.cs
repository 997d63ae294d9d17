using System.Text;

namespace FastSignatureCache.Bench.Reports;

/// <summary>A table in Markdown, padded so that it reads well as text too. The first column is a name, the others are figures.</summary>
public sealed class MarkdownTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row: one cell for each heading.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
        {
            throw new ArgumentException($"A row of this table has {headings.Length} cells, not {cells.Length}.", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var widths = headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        var text = new StringBuilder();
        AddLine(text, headings, widths);
        text.AppendLine("|" + string.Join("|", widths.Select((width, column) => RuleOf(column, width))) + "|");
        foreach (var row in _rows)
        {
            AddLine(text, row, widths);
        }

        return text.ToString();
    }

    private static string RuleOf(int column, int width) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":";

    private static void AddLine(StringBuilder text, string[] cells, int[] widths)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            text.Append("| ");
            text.Append(column == 0 ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column]));
            text.Append(' ');
        }

        text.AppendLine("|");
    }
}
