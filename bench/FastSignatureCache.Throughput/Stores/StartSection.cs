using System.Diagnostics;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Sqlite;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>How long a program has to wait for its first signature after a start.</summary>
internal static class StartSection
{
    private const int Starts = 20;

    public static async Task AddToAsync(Report report, StoredCorpus corpus, string path)
    {
        Console.Error.WriteLine("store: starts");
        var (store, cache, random, hits) = (new Distribution(), new Distribution(), new Random(1), 0);
        for (var i = 0; i < Starts; i++)
        {
            await store.TimeAsync(() => ReadFirstAsync(path, corpus.AliveConversation(random))).ConfigureAwait(false);
            hits += await TimeCacheAsync(cache, corpus, path, random.Next(corpus.Rows / 2, corpus.Rows)).ConfigureAwait(false) ? 1 : 0;
        }

        var table = Distribution.CreateTable();
        store.AddTo(table, "store: open it and read a conversation");
        cache.AddTo(table, "cache that warms up: start it, prefetch, look up");
        report.AddHeading("Start");
        report.Add(
            $"From the constructor to the first signature that is found, with {corpus.Rows:N0} rows in the file. The cache has room for all of "
            + "them and fills itself in the background meanwhile. The first start of the program is among the greatest: it compiles the code.");
        report.Add(table);
        report.Add($"{hits} of {Starts} look-ups found their signature; the others waited for as long as a read may take, and went on without it.");
        report.Add(await WarmAsync(corpus, path).ConfigureAwait(false));
    }

    private static async Task<int> ReadFirstAsync(string path, string conversation)
    {
        var store = new SqliteSignatureStore(StoreSettings.For(path));
        await using (store.ConfigureAwait(false))
        {
            var found = await store.GetAsync([conversation], CancellationToken.None).ConfigureAwait(false);
            return found.Count > 0 ? found.Count : throw new InvalidOperationException("Nothing was found where there is something.");
        }
    }

    private static async Task<bool> TimeCacheAsync(Distribution distribution, StoredCorpus corpus, string path, int number)
    {
        TieredSignatureCache? cache = null;
        var isHit = await distribution.TimeAsync(async () =>
        {
            cache = Create(corpus, path);
            var key = StoredCorpus.KeyOf(number);
            await cache.PrefetchAsync(key.ConversationId).ConfigureAwait(false);
            return cache.TryGet(key, out _);
        }).ConfigureAwait(false);
        await cache!.DisposeAsync().ConfigureAwait(false);
        return isHit;
    }

    private static async Task<string> WarmAsync(StoredCorpus corpus, string path)
    {
        var start = Stopwatch.GetTimestamp();
        var cache = Create(corpus, path);
        await using (cache.ConfigureAwait(false))
        {
            while (cache.Count < corpus.Rows - (corpus.Rows / 2))
            {
                if (cache.GetMetrics().StoreFailures > 0)
                {
                    throw new InvalidOperationException("The store failed.");
                }

                await Task.Delay(1).ConfigureAwait(false);
            }

            return FormattableString.Invariant(
                $"The cache had all {cache.Count:N0} signatures that have not expired after {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s.");
        }
    }

    private static TieredSignatureCache Create(StoredCorpus corpus, string path) =>
        new(new SqliteSignatureStore(StoreSettings.For(path)), memoryOptions: new() { Capacity = corpus.Rows, MaxBytes = long.MaxValue });
}
