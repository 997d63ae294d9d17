using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using FastSignatureCache.Bench.Measuring;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Sqlite;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>Puts a second when those that come together share a transaction, and when each has its own.</summary>
internal static class GroupCommitSection
{
    private const int Callers = 2_048;
    private const int Rounds = 9;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    public static async Task AddToAsync(Report report, StoredCorpus corpus, string folder)
    {
        Console.Error.WriteLine("store: group commit");
        var (shared, single, ratios) = (new List<double>(), new List<double>(), new List<double>());
        var sharing = new SqliteSignatureStore(StoreSettings.For(Path.Combine(folder, "shared.db")));
        await using var sharingDisposal = sharing.ConfigureAwait(false);
        var alone = StoreSettings.For(Path.Combine(folder, "single.db"));
        alone.MaxCommitBatch = 1;
        var singly = new SqliteSignatureStore(alone);
        await using var singlyDisposal = singly.ConfigureAwait(false);
        var puts = new StrongBox<int>();
        for (var round = -1; round < Rounds; round++)
        {
            var (fast, slow) = (await RateAsync(sharing, corpus, puts).ConfigureAwait(false), await RateAsync(singly, corpus, puts).ConfigureAwait(false));
            if (round >= 0)
            {
                shared.Add(fast);
                single.Add(slow);
                ratios.Add(fast / slow);
            }
        }

        var table = new MarkdownTable("puts a second", "median", "least", "greatest");
        Add(table, "group commit", shared, "N0");
        Add(table, "a transaction for each put", single, "N0");
        Add(table, "ratio", ratios, "F1");
        report.AddHeading("Group commit");
        report.Add(
            $"{Callers} callers, each of which puts one signature after the other, and goes on when it is safe on the disk (synchronous = FULL in "
            + $"both). {Rounds} rounds, in which the two take turns.");
        report.Add(table);
    }

    // No signature is ever put twice.
    private static async Task<double> RateAsync(SqliteSignatureStore store, StoredCorpus corpus, StrongBox<int> puts)
    {
        var (before, start) = (puts.Value, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(PutOnAsync))).ConfigureAwait(false);
        return (puts.Value - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task PutOnAsync()
        {
            while (Stopwatch.GetElapsedTime(start) < Turn)
            {
                await store.PutAsync([corpus[Interlocked.Increment(ref puts.Value)]], CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static void Add(MarkdownTable table, string name, List<double> figures, string format) => table.Add(
        name, Format(Median.Of(figures), format), Format(figures.Min(), format), Format(figures.Max(), format));

    private static string Format(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
