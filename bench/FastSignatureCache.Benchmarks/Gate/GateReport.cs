using System.Globalization;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Gate;

/// <summary>The gate's table, and everything in it that is not as it should be, said again below.</summary>
internal static class GateReport
{
    /// <summary>An empty report, to be made before anything is measured: it says how busy the machine was.</summary>
    public static Report Begin() => new("gate", "Regression gate");

    public static void Add(Report report, IReadOnlyList<GateFigure> figures, Baseline baseline)
    {
        report.Add("Limits, the committed baseline, and this run. A figure may be 15 % worse than the baseline's.");
        var table = new MarkdownTable("figure", "this run", "limit", "baseline", "verdict");
        foreach (var figure in figures)
        {
            table.Add(
                figure.Check.Title,
                Format(figure.Value),
                (figure.Check.Bound == Bound.AtMost ? "<= " : ">= ") + Format(figure.Check.Limit),
                baseline.Find(figure.Check) is { } entry ? Format(entry.Value) : "-",
                Describe(baseline.Judge(figure)));
        }

        report.Add(table);
        foreach (var figure in figures)
        {
            if (Remark(figure, baseline) is { } remark)
            {
                report.Add(remark);
            }
        }
    }

    private static string? Remark(GateFigure figure, Baseline baseline)
    {
        var (check, value, doubt) = figure;
        var entry = baseline.Find(check);
        return baseline.Judge(figure) switch
        {
            Verdict.Missed => $"**MISSED**: {check.Title} is {Format(value)}, and the limit is {Format(check.Limit)}.",
            Verdict.Regressed => $"**REGRESSED**: {check.Title} is {Format(value)}, and was {Format(entry!.Value)}.",
            Verdict.KnownMiss => $"**LIMIT MISSED, AS KNOWN**: {check.Title} is {Format(value)}, and the limit is {Format(check.Limit)}. "
                + entry!.KnownMiss,
            Verdict.NotJudged => $"**NOT JUDGED**: {check.Title}, because {doubt}.",
            _ when entry?.KnownMiss is not null => $"{check.Title} is within its limit now: update the baseline, which says it is not.",
            _ => null,
        };
    }

    private static string Describe(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.KnownMiss => "KNOWN MISS",
        Verdict.NotJudged => "NOT JUDGED",
        Verdict.Missed => "MISSED",
        _ => "REGRESSED",
    };

    private static string Format(double value) => double.IsNaN(value)
        ? "-"
        : value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
