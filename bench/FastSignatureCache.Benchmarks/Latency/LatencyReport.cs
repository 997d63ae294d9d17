using System.Net;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Latency;

/// <summary>What BenchmarkDotNet found out.</summary>
internal static class LatencyReport
{
    /// <summary>An empty report, to be made before anything is measured: it says how busy the machine was.</summary>
    public static Report Begin() => new("latency", "Latency and allocations");

    public static void Add(Report report, IEnumerable<Summary> summaries)
    {
        report.Add(
            "Nanoseconds and bytes an operation. The shape is entries in the cache x characters of a signature. All take two strings and "
            + "give a validated entry; only the floor, which gets its key already joined, looks up and does nothing else.");
        foreach (var summary in summaries.Where(HasResults))
        {
            var logger = new AccumulationLogger();
            MarkdownExporter.GitHub.ExportToLog(summary, logger);
            report.AddHeading(summary.BenchmarksCases[0].Descriptor.Type.Name);

            // Names with spaces come quoted, and quotes come as HTML.
            report.Add(WebUtility.HtmlDecode(logger.GetLog()).Trim());
        }
    }

    private static bool HasResults(Summary summary) => summary.Reports.Any(static report => report.Success);
}
