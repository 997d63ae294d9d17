using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Latency;

/// <summary>What BenchmarkDotNet found out.</summary>
internal static class LatencyReport
{
    public static Report Create(IEnumerable<Summary> summaries)
    {
        var report = new Report("latency", "Latency and allocations");
        report.Add(
            "Nanoseconds and bytes an operation. The shape is entries in the cache x characters of a signature. All take two strings and "
            + "give a validated entry; only the floor, which gets its key already joined, looks up and does nothing else.");
        foreach (var summary in summaries.Where(HasResults))
        {
            var logger = new AccumulationLogger();
            MarkdownExporter.GitHub.ExportToLog(summary, logger);
            report.AddHeading(summary.BenchmarksCases[0].Descriptor.Type.Name);
            report.Add(logger.GetLog().Trim());
        }

        return report;
    }

    private static bool HasResults(Summary summary) => summary.Reports.Any(static report => report.Success);
}
