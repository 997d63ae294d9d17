using System.CommandLine;

namespace FastSignatureCache.Bench.Reports;

/// <summary>The option that all programs have for keeping what they found out.</summary>
public static class ReportOption
{
    /// <summary>Creates the option.</summary>
    public static Option<string?> Create() => new("--report")
    {
        Description = "Also write the report into perf-reports/DATE-NAME. Programs that are given the same name on one day share a folder.",
        HelpName = "NAME",
    };

    /// <summary>Prints the report, and saves it when a name was given.</summary>
    public static void Publish(Report report, string? name)
    {
        Console.WriteLine();
        Console.WriteLine(report);
        if (name is not null)
        {
            Console.WriteLine($"Written to {ReportFolder.Save(name, report)}.");
        }
    }
}
