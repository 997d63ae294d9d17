using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Sqlite;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>What a batch costs that nobody has asked for before.</summary>
internal static class BatchSection
{
    private const int Batch = 8;
    private const int Times = 200;

    public static async Task AddToAsync(Report report, StoredCorpus corpus, string path)
    {
        Console.Error.WriteLine("store: batches");
        var table = Distribution.CreateTable();
        (await TimeAsync(corpus, path, static _ => { }).ConfigureAwait(false)).AddTo(table, "new connections");
        if (PageCache.CanForget)
        {
            (await TimeAsync(corpus, path, PageCache.Forget).ConfigureAwait(false)).AddTo(table, "new connections, and nothing of the file in memory");
        }

        report.AddHeading($"A batch of {Batch} conversations");
        report.Add(
            "Each time by a store that was just opened and has read nothing yet, of other conversations than before. The last line has the disk "
            + "in it: eight times the way down an index, and to each of the rows.");
        report.Add(table);
    }

    private static async Task<Distribution> TimeAsync(StoredCorpus corpus, string path, Action<string> beforeEach)
    {
        var (distribution, random) = (new Distribution(), new Random(1));
        for (var i = 0; i < Times; i++)
        {
            beforeEach(path);
            var store = new SqliteSignatureStore(StoreSettings.For(path));
            await using (store.ConfigureAwait(false))
            {
                await store.OpenAsync().ConfigureAwait(false);
                string[] conversations = [.. Enumerable.Range(0, Batch).Select(_ => corpus.AliveConversation(random)).Distinct()];
                await distribution.TimeAsync(() => store.GetAsync(conversations, CancellationToken.None).AsTask()).ConfigureAwait(false);
            }
        }

        return distribution;
    }
}
