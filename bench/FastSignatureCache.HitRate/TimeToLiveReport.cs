using System.Globalization;
using FastSignatureCache.Bench.Replay;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.HitRate;

/// <summary>Compares fixed times to live with adaptive ones that keep as many entries alive on average.</summary>
internal static class TimeToLiveReport
{
    private static readonly double[] MaximumFactors = [1.25, 2, 4];

    // How far the means may lie apart, and after how many halvings they lie as near as the trace lets them.
    private const double Tolerance = 0.01;
    private const int Halvings = 20;

    private static readonly int[] Seconds = [15, 20, 30, 50, 100, 200, 300, 400, 500, 600, 650, 800, 1_000, 1_200, 1_600];

    public static Report Create(IReadOnlyList<TimeToLiveSubject> subjects)
    {
        var report = new Report("time-to-live", "Fixed against adaptive time to live");
        report.Add(
            "The engine itself on a clock that follows the trace, with room for everything. Each row compares a fixed time to live with an adaptive one "
            + "that has as many entries alive on average over the trace: its maximum is so many times the fixed one, and its minimum is searched until the "
            + "means agree, within 1 % at least, and never with more alive. A conversation's first turn puts a signature; each later one looks it up and puts the next in its place.");
        report.Add(
            "The last two columns are the mean of several samples, each compared in the same way, and the standard error of that mean. They matter where a trace was "
            + "recorded in steps: a fixed time just above a step then finds all gaps of that length, and one that is a moment shorter none of them. Of recorded traces it is "
            + "always the same conversations, so the error says nothing of other ones.");
        foreach (var subject in subjects)
        {
            var trace = subject.Trace;
            report.AddHeading($"Trace: {trace.Name}");
            report.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{trace.Lookups:N0} look-ups, {trace.Keys:N0} conversations, {trace.Operations[^1].Seconds:N0} s. Samples: {subject.Meaning}."));
            foreach (var factor in MaximumFactors)
            {
                Add(report, subject, factor);
            }
        }

        return report;
    }

    private static void Add(Report report, TimeToLiveSubject subject, double factor)
    {
        report.Add(string.Create(CultureInfo.InvariantCulture, $"**Maximum {factor} times the fixed time to live**"));
        var table = new MarkdownTable(
            "fixed, s", "mean alive", "hits, %", "adaptive minimum, s", "mean alive", "means apart, %", "hits, %", "gain, hits", "samples: gain, hits", "standard error");
        var gains = new List<double>();
        var means = new List<double>();
        foreach (var seconds in Seconds)
        {
            Console.Error.WriteLine($"{subject.Trace.Name}, {factor}: {seconds} s");
            var time = TimeSpan.FromSeconds(seconds);
            var compared = Compare(subject.Trace, time, factor * time);
            var samples = subject.Samples.AsParallel().Select(sample => (double)Compare(sample, time, factor * time).Gain).ToList();
            var mean = samples.Average();
            var error = Math.Sqrt(samples.Sum(gain => Math.Pow(gain - mean, 2)) / (samples.Count - 1) / samples.Count);
            gains.Add(compared.Gain);
            means.Add(mean);
            table.Add(
                seconds.ToString("N0", CultureInfo.InvariantCulture),
                Format(compared.Plain.MeanAlive, "F1"),
                Format(Rate(compared.Plain.Hits), "F2"),
                Format(compared.Minimum.TotalSeconds, "F1"),
                Format(compared.Adaptive.MeanAlive, "F1"),
                Format(100 * compared.Apart, "F2"),
                Format(Rate(compared.Adaptive.Hits), "F2"),
                Format(compared.Gain, "+0;-0;0"),
                Format(mean, "+0.0;-0.0;0.0"),
                samples.Count > 1 ? Format(error, "F1") : string.Empty);
        }

        report.Add(table);
        report.Add(
            $"Adaptive {Sum(gains, subject.Trace.Lookups)} In the means of the samples it {Sum(means, subject.Samples.Average(static sample => sample.Lookups))}");

        double Rate(int hits) => 100.0 * hits / subject.Trace.Lookups;

        static string Sum(List<double> rows, double lookups) => string.Create(
            CultureInfo.InvariantCulture,
            $"is above fixed in {rows.Count(static gain => gain > 0)} rows, equal in {rows.Count(static gain => gain == 0)}, below in {rows.Count(static gain => gain < 0)}; its mean gain is {100 * rows.Average() / lookups:F2} points, its worst {100 * rows.Min() / lookups:F2}, its best {100 * rows.Max() / lookups:F2}.");
    }

    private static Comparison Compare(Trace trace, TimeSpan time, TimeSpan maximum)
    {
        var plain = TimeToLiveReplay.Run(trace, time, time);
        var (low, high) = (TimeSpan.FromTicks(1), time);

        // The greater the minimum, the more is alive.
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (TimeToLiveReplay.Run(trace, middle, maximum).MeanAlive > plain.MeanAlive)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        // Never more alive than with the fixed one.
        var compared = new Comparison(plain, low, TimeToLiveReplay.Run(trace, low, maximum));
        return Math.Abs(compared.Apart) <= Tolerance
            ? compared
            : throw new InvalidOperationException($"No minimum brings the means of {trace.Name} together at {time.TotalSeconds} s.");
    }

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Comparison(TimeToLiveReplay.Outcome Plain, TimeSpan Minimum, TimeToLiveReplay.Outcome Adaptive)
    {
        public int Gain => Adaptive.Hits - Plain.Hits;

        public double Apart => (Adaptive.MeanAlive / Plain.MeanAlive) - 1;
    }
}
