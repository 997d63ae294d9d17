using FastSignatureCache.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>Callers that come at random moments, and how long each had to wait.</summary>
internal sealed class StoreTraffic(SqliteSignatureStore store, StoredCorpus corpus, string barePath, double meanPauseMilliseconds) : IDisposable
{
    private readonly SafeFileHandle _bare = File.OpenHandle(barePath, FileMode.Create, FileAccess.Write);
    private readonly byte[] _page = new byte[16 * 1024];
    private int _next = corpus.Rows;

    public async Task<(Distribution Gets, Distribution Puts, Distribution Bare)> RunAsync(Task until)
    {
        var (gets, puts, bare) = (new Distribution(), new Distribution(), new Distribution());
        await Task.WhenAll(
            Task.Run(() => CallAsync(gets, GetAsync, until, new Random(1))),
            Task.Run(() => CallAsync(puts, PutAsync, until, new Random(2))),
            Task.Run(() => CallAsync(bare, _ => Task.Run(WriteBare), until, new Random(3)))).ConfigureAwait(false);
        return (gets, puts, bare);
    }

    public void Dispose() => _bare.Dispose();

    private async Task CallAsync(Distribution distribution, Func<Random, Task<bool>> call, Task until, Random random)
    {
        while (!until.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2 * meanPauseMilliseconds * random.NextDouble())).ConfigureAwait(false);
            await distribution.TimeAsync(() => call(random)).ConfigureAwait(false);
        }
    }

    private bool WriteBare()
    {
        RandomAccess.Write(_bare, _page, 0);
        RandomAccess.FlushToDisk(_bare);
        return true;
    }

    private async Task<bool> GetAsync(Random random)
    {
        await store.GetAsync([corpus.AliveConversation(random)], CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> PutAsync(Random random)
    {
        await store.PutAsync([corpus[_next++]], CancellationToken.None).ConfigureAwait(false);
        return true;
    }
}
