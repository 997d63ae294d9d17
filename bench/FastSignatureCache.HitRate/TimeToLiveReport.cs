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
    private const int Halvings = 24;

    private static readonly int[] Seconds = [15, 20, 30, 50, 100, 200, 300, 400, 500, 600, 650, 800, 1_000, 1_200, 1_600];

    public static Report Create(IReadOnlyList<Trace> traces)
    {
        var report = new Report("time-to-live", "Fixed against adaptive time to live");
        report.Add(
            "The engine itself on a clock that follows the trace, with room for everything. Each row compares a fixed time to live with an adaptive one "
            + "that has as many entries alive on average over the trace: its maximum is so many times the fixed one, and its minimum is searched until the "
            + "means agree, within 1 % at least, and never with more alive. A conversation's first turn puts a signature; each later one looks it up and puts the next in its place.");
        foreach (var trace in traces)
        {
            report.AddHeading($"Trace: {trace.Name}");
            report.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{trace.Lookups:N0} look-ups, {trace.Keys:N0} conversations, {trace.Operations[^1].Seconds:N0} s."));
            foreach (var factor in MaximumFactors)
            {
                Add(report, trace, factor);
            }
        }

        return report;
    }

    private static void Add(Report report, Trace trace, double factor)
    {
        report.Add(string.Create(CultureInfo.InvariantCulture, $"**Maximum {factor} times the fixed time to live**"));
        var table = new MarkdownTable(
            "fixed, s", "mean alive", "hits, %", "adaptive minimum, s", "mean alive", "means apart, %", "hits, %", "gain, points", "gain, hits");
        var gains = new List<int>();
        foreach (var seconds in Seconds)
        {
            Console.Error.WriteLine($"{trace.Name}, {factor}: {seconds} s");
            var time = TimeSpan.FromSeconds(seconds);
            var plain = TimeToLiveReplay.Run(trace, time, time);
            var (minimum, adaptive) = Match(trace, time, factor * time, plain.MeanAlive);
            var apart = (adaptive.MeanAlive / plain.MeanAlive) - 1;
            if (Math.Abs(apart) > Tolerance)
            {
                throw new InvalidOperationException($"No minimum brings the means of {trace.Name} together at {seconds} s.");
            }

            gains.Add(adaptive.Hits - plain.Hits);
            table.Add(
                seconds.ToString("N0", CultureInfo.InvariantCulture),
                Format(plain.MeanAlive, "F1"),
                Format(Rate(plain.Hits), "F2"),
                Format(minimum.TotalSeconds, "F1"),
                Format(adaptive.MeanAlive, "F1"),
                Format(100 * apart, "F2"),
                Format(Rate(adaptive.Hits), "F2"),
                Format(Rate(gains[^1]), "+0.00;-0.00;0.00"),
                gains[^1].ToString("+0;-0;0", CultureInfo.InvariantCulture));
        }

        report.Add(table);
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Adaptive is above fixed in {gains.Count(static gain => gain > 0)} rows, equal in {gains.Count(static gain => gain == 0)}, below in {gains.Count(static gain => gain < 0)}. Its mean gain is {gains.Average(Rate):F2} points, its worst {Rate(gains.Min()):F2}, its best {Rate(gains.Max()):F2}."));

        double Rate(int hits) => 100.0 * hits / trace.Lookups;
    }

    // The greater the minimum, the more is alive.
    private static (TimeSpan Minimum, TimeToLiveReplay.Outcome Outcome) Match(
        Trace trace, TimeSpan time, TimeSpan maximum, double meanAlive)
    {
        var (low, high) = (TimeSpan.FromTicks(1), time);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (TimeToLiveReplay.Run(trace, middle, maximum).MeanAlive > meanAlive)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        // Never more alive than with the fixed one.
        return (low, TimeToLiveReplay.Run(trace, low, maximum));
    }

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
