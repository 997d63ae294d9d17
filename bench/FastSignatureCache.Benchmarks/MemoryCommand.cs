using System.CommandLine;
using FastSignatureCache.Bench.Memory;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench;

/// <summary><c>memory</c>: what an entry takes.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var reportName = ReportOption.Create();
        var command = new Command("memory", "Fills each cache with 1,000 and with 1,000,000 entries, and asks the GC what one takes.")
        {
            reportName,
        };
        command.SetAction(arguments => ReportOption.Publish(MemoryReport.Create(), arguments.GetValue(reportName)));
        return command;
    }
}
