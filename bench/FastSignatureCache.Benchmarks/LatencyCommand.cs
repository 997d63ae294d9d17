using System.CommandLine;
using BenchmarkDotNet.Running;
using FastSignatureCache.Bench.Latency;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench;

/// <summary><c>latency</c>: BenchmarkDotNet, with all of its options.</summary>
internal static class LatencyCommand
{
    public static Command Create()
    {
        var reportName = ReportOption.Create();
        var command = new Command(
            "latency",
            "Runs BenchmarkDotNet: nanoseconds and bytes an operation, each contender beside the floor. Takes BenchmarkDotNet's "
            + "own options: --list flat, --filter '*HitBenchmarks*', --disasm, --job short, and so on. All of it takes an hour or two.")
        {
            reportName,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(arguments =>
        {
            var report = LatencyReport.Begin();
            string[] filters = arguments.UnmatchedTokens.Count == 0 ? ["--filter", "*"] : [.. arguments.UnmatchedTokens];
            var summaries = BenchmarkSwitcher.FromAssembly(typeof(LatencyCommand).Assembly).Run(filters);
            if (arguments.GetValue(reportName) is { } name)
            {
                LatencyReport.Add(report, summaries);
                Console.WriteLine($"Written to {ReportFolder.Save(name, report)}.");
            }
        });
        return command;
    }
}
