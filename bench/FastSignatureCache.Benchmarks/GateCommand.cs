using System.CommandLine;
using FastSignatureCache.Bench.Gate;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench;

/// <summary><c>gate</c>: fails when the cache has become slower, bigger or worse.</summary>
internal static class GateCommand
{
    private const string FileName = "baseline.json";

    public static Command Create()
    {
        var update = new Option<bool>("--update-baseline") { Description = $"Write this run's figures into perf-reports/{FileName}." };
        var strict = new Option<bool>("--strict")
        {
            Description = "Also fail on missed limits, and on what the machine was too busy to judge.",
        };
        var reportName = ReportOption.Create();
        var command = new Command(
            "gate",
            "Measures the guarded figures in a short form, a minute or two, and compares each with its limit and with the committed "
            + "baseline. The exit code is 1 when a figure is over 15 % worse than the baseline's.")
        {
            update, strict, reportName,
        };
        command.SetAction(arguments => Run(arguments.GetValue(update), arguments.GetValue(strict), arguments.GetValue(reportName)));
        return command;
    }

    private static int Run(bool update, bool strict, string? reportName)
    {
        var path = ReportFolder.PathOf(FileName);
        var baseline = File.Exists(path) ? Baseline.Parse(File.ReadAllText(path)) : Baseline.Empty;
        var report = GateReport.Begin();
        List<GateFigure> figures =
        [
            .. Measure("look-ups", LookupGate.Measure),
            .. Measure("threads", ScalingGate.Measure),
            .. Measure("JWT", JwtGate.Measure),
            .. Measure("memory", MemoryGate.Measure),
            .. Measure("hit rate", HitRateGate.Measure),
        ];

        GateReport.Add(report, figures, baseline);
        ReportOption.Publish(report, reportName);
        if (update)
        {
            File.WriteAllText(path, baseline.With(figures).ToString());
            Console.WriteLine($"The baseline is now this run's: {FileName}.");
        }

        var worst = figures.Max(baseline.Judge);
        // On a busy machine a figure near its limit is now on one side of it and now on the other; what fails is what has become worse.
        var passes = worst < (strict ? Verdict.KnownMiss : Verdict.Regressed);
        Console.WriteLine(passes ? "The gate is open." : "The gate is shut.");
        return passes ? 0 : 1;
    }

    private static IEnumerable<GateFigure> Measure(string what, Func<IEnumerable<GateFigure>> measure)
    {
        Console.Error.WriteLine($"Measuring {what} ...");
        return measure();
    }
}
