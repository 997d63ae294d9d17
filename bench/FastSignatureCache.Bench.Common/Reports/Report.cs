using System.Text;

namespace FastSignatureCache.Bench.Reports;

/// <summary>What one program found out: paragraphs, tables and plots, for the console and for a report folder.</summary>
/// <param name="fileName">The name of its file, without extension.</param>
/// <param name="title">Its heading.</param>
public sealed class Report(string fileName, string title)
{
    private readonly StringBuilder _text = new();
    private readonly string _loadAverage = MachineHeader.LoadAverage();
    private readonly List<(string FileName, LinePlot Plot)> _plots = [];

    /// <summary>Its heading.</summary>
    public string Title => title;

    /// <summary>The name of its file.</summary>
    public string FileName => fileName + ".md";

    /// <summary>Adds a heading.</summary>
    public void AddHeading(string heading) => _text.AppendLine($"## {heading}").AppendLine();

    /// <summary>Adds a paragraph.</summary>
    public void Add(string paragraph) => _text.AppendLine(paragraph).AppendLine();

    /// <summary>Adds a table.</summary>
    public void Add(MarkdownTable table) => _text.Append(table).AppendLine();

    /// <summary>Adds a plot.</summary>
    /// <param name="name">The name of its file, without extension.</param>
    /// <param name="alternative">What it shows, for those who don't see it.</param>
    /// <param name="plot">The plot.</param>
    public void Add(string name, string alternative, LinePlot plot)
    {
        _plots.Add((name + ".svg", plot));
        _text.AppendLine($"![{alternative}]({name}.svg)").AppendLine();
    }

    /// <inheritdoc/>
    public override string ToString() => $"# {title}\n\nLoad average at the beginning: {_loadAverage}.\n\n{_text.ToString().TrimEnd()}\n";

    /// <summary>Writes text and plots into a folder.</summary>
    public void Save(string folder)
    {
        File.WriteAllText(Path.Combine(folder, FileName), ToString());
        foreach (var (file, plot) in _plots)
        {
            plot.Save(Path.Combine(folder, file));
        }
    }
}
