using System.Globalization;
using System.Text.RegularExpressions;

namespace FastSignatureCache.Bench.Reports;

/// <summary>A folder <c>perf-reports/DATE-NAME</c>. Each program adds its own file; the folder's README.md lists them.</summary>
public static partial class ReportFolder
{
    private const string Root = "perf-reports";
    private const string Solution = "FastSignatureCache.sln";

    /// <summary>Saves a report and lists it.</summary>
    /// <param name="name">The run's name: letters, digits and hyphens.</param>
    /// <param name="report">What to save.</param>
    /// <returns>The folder, relative to the repository.</returns>
    public static string Save(string name, Report report)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new ArgumentException("A report's name must consist of lower-case letters, digits and hyphens.", nameof(name));
        }

        var date = TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var relative = Path.Combine(Root, $"{date}-{name}");
        var folder = Path.Combine(Repository(), relative);
        Directory.CreateDirectory(folder);
        report.Save(folder);
        WriteIndex(folder, $"{date} {name}");
        return relative;
    }

    /// <summary>A file in the folder of reports, as a path that can be opened.</summary>
    public static string PathOf(string file) => Path.Combine(Repository(), Root, file);

    private static void WriteIndex(string folder, string title)
    {
        var index = Path.Combine(folder, "README.md");
        var contents = Directory.GetFiles(folder, "*.md")
            .Where(file => file != index)
            .Order(StringComparer.Ordinal)
            .Select(file => $"- [{File.ReadLines(file).First().TrimStart('#', ' ')}]({Path.GetFileName(file)})");
        File.WriteAllText(index, $"# {title}\n\n{MachineHeader.Create()}\n{string.Join('\n', contents)}\n");
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"Run this inside the repository: no folder above this one has {Solution}.");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex NamePattern();
}
