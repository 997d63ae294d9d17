using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using FastSignatureCache.Bench.Measuring;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Sqlite;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>
/// Puts a second when those that come together share a transaction, when each has its own, and when one caller puts as many at once as share a
/// transaction: what SQLite makes of large transactions where nobody has to wait for his turn.
/// </summary>
internal static class GroupCommitSection
{
    private const int Callers = 2_048;
    private const int BatchRows = 1_024;
    private const int Rounds = 9;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    public static async Task AddToAsync(Report report, StoredCorpus corpus, string folder)
    {
        Console.Error.WriteLine("store: group commit");
        var (shared, single, ratios, batched) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var sharing = new SqliteSignatureStore(StoreSettings.For(Path.Combine(folder, "shared.db")));
        await using var sharingDisposal = sharing.ConfigureAwait(false);
        var alone = StoreSettings.For(Path.Combine(folder, "single.db"));
        alone.MaxCommitBatch = 1;
        var singly = new SqliteSignatureStore(alone);
        await using var singlyDisposal = singly.ConfigureAwait(false);
        var batching = new SqliteSignatureStore(StoreSettings.For(Path.Combine(folder, "batched.db")));
        await using var batchingDisposal = batching.ConfigureAwait(false);
        var puts = new StrongBox<int>();
        for (var round = -1; round < Rounds; round++)
        {
            var fast = await RateAsync(sharing, corpus, puts, Callers, rows: 1).ConfigureAwait(false);
            var slow = await RateAsync(singly, corpus, puts, Callers, rows: 1).ConfigureAwait(false);
            var most = await RateAsync(batching, corpus, puts, callers: 1, BatchRows).ConfigureAwait(false);
            if (round >= 0)
            {
                shared.Add(fast);
                single.Add(slow);
                ratios.Add(fast / slow);
                batched.Add(most);
            }
        }

        var table = new MarkdownTable("puts a second", "median", "least", "greatest");
        Add(table, "group commit", shared, "N0");
        Add(table, "a transaction for each put", single, "N0");
        Add(table, "group commit / a transaction for each put", ratios, "F1");
        Add(table, "one caller, a batch after the other", batched, "N0");
        report.AddHeading("Group commit");
        report.Add(
            $"{Callers} callers, each of which puts one signature after the other, and goes on when it is safe on the disk. "
            + $"{Rounds} rounds, in which they take turns. The last line is one caller who puts {BatchRows} signatures with each call, each call a "
            + "transaction: it has large transactions without the callers and the queue that make them out of single puts.");
        report.Add(table);
    }

    // No signature is ever put twice.
    private static async Task<double> RateAsync(SqliteSignatureStore store, StoredCorpus corpus, StrongBox<int> puts, int callers, int rows)
    {
        var (before, start) = (puts.Value, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(PutOnAsync))).ConfigureAwait(false);
        return (puts.Value - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task PutOnAsync()
        {
            while (Stopwatch.GetElapsedTime(start) < Turn)
            {
                var next = Interlocked.Add(ref puts.Value, rows);
                await store.PutAsync([.. Enumerable.Range(next - rows + 1, rows).Select(number => corpus[number])], CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static void Add(MarkdownTable table, string name, List<double> figures, string format) => table.Add(
        name, Format(Median.Of(figures), format), Format(figures.Min(), format), Format(figures.Max(), format));

    private static string Format(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
