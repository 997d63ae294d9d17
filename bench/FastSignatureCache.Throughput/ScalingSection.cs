using System.Globalization;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Measuring;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Throughput;

/// <summary>Operations a second against threads, all contenders in turns.</summary>
internal sealed class ScalingSection<TWorkload> : IContenderVisitor
    where TWorkload : struct, IWorkload
{
    private readonly Traffic _traffic =
        TWorkload.Prepare(new Corpus(seed: 1), ThroughputSettings.Entries, ThroughputSettings.SignatureLength);

    private readonly List<ScalingProbe> _probes = [];

    private ScalingSection()
    {
    }

    public static void AddTo(Report report, string fileName, ThroughputSettings settings)
    {
        var section = new ScalingSection<TWorkload>();
        Roster.VisitAll(section);
        section._probes.Add(new ArithmeticScalingProbe());
        try
        {
            section.Write(report, fileName, section.Measure(settings));
        }
        finally
        {
            section._probes.ForEach(static probe => probe.Dispose());
        }
    }

    public void Visit<TContender>()
        where TContender : struct, IContender<TContender> => _probes.Add(new WorkloadScalingProbe<TContender, TWorkload>(_traffic));

    // By probe, then by thread count: the median of all rounds.
    private double[][] Measure(ThroughputSettings settings)
    {
        foreach (var probe in _probes)
        {
            probe.WarmUp();
        }

        var counts = ThroughputSettings.ThreadCounts;
        var rates = _probes.Select(_ => counts.Select(static _ => new List<double>()).ToArray()).ToArray();
        for (var round = 0; round < settings.Rounds; round++)
        {
            Console.Error.WriteLine($"{TWorkload.Name}: round {round + 1} of {settings.Rounds}");
            for (var probe = 0; probe < _probes.Count; probe++)
            {
                for (var count = 0; count < counts.Count; count++)
                {
                    rates[probe][count].Add(_probes[probe].Measure(counts[count], settings.Slice));
                }
            }
        }

        return [.. rates.Select(static counts => counts.Select(Median.Of).ToArray())];
    }

    private void Write(Report report, string fileName, double[][] rates)
    {
        var counts = ThroughputSettings.ThreadCounts;
        var one = counts.TakeWhile(static count => count != 1).Count();
        var two = counts.TakeWhile(static count => count != 2).Count();
        var table = new MarkdownTable(["millions a second on threads:", .. counts.Select(Format), "2 threads / 1"]);
        var plot = new LinePlot($"Throughput: {TWorkload.Name}", "threads", "millions of operations a second", isLogarithmic: false);
        for (var probe = 0; probe < _probes.Count; probe++)
        {
            var own = rates[probe];
            table.Add([_probes[probe].Name, .. own.Select(static rate => Format(rate / 1e6)), Format(own[two] / own[one])]);
            if (_probes[probe] is not ArithmeticScalingProbe)
            {
                plot.Add(_probes[probe].Name, counts.Zip(own, static (count, rate) => ((double)count, rate / 1e6)));
            }
        }

        report.AddHeading($"Throughput: {TWorkload.Name}");
        report.Add(
            $"{ThroughputSettings.Entries} entries, signatures of {ThroughputSettings.SignatureLength} characters; medians of rounds in "
            + $"which the contenders take turns. {Environment.ProcessorCount} processors. The last line is what the machine itself "
            + "gains by threads while this is measured: no cache can gain more.");
        report.Add(table);
        report.Add(fileName, $"Throughput against threads, {TWorkload.Name}", plot);
    }

    private static string Format(double number) => number.ToString("F2", CultureInfo.InvariantCulture);

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);
}
