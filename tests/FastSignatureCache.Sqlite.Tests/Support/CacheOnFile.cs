using FastSignatureCache.Stores;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Sqlite.Tests.Support;

/// <summary>
/// A cache over a store, as a gateway has them, with the messages of both. Its clock stands still: the store has all the time it needs.
/// </summary>
internal sealed class CacheOnFile : IAsyncDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);
    private readonly FakeLogCollector _log = new();
    private readonly FakeTimeProvider _time = TestStores.Clock();

    public CacheOnFile(string path, SqliteStoreOptions? options = null)
    {
        options ??= new();
        options.DatabasePath = path;
        Store = new(options, _time, new FakeLogger<SqliteSignatureStore>(_log));
        Cache = new(
            Store,
            new() { WarmsUp = false, ProbeInterval = ProbeInterval },
            timeProvider: _time,
            logger: new FakeLogger<TieredSignatureCache>(_log));
    }

    public SqliteSignatureStore Store { get; }

    public TieredSignatureCache Cache { get; }

    /// <summary>What an operator reads from warnings on: messages, and those of the exceptions with them.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. _log.GetSnapshot()
            .Where(record => record.Level >= LogLevel.Warning)
            .Select(record => $"{record.Message} {record.Exception?.Message}"),
    ];

    public static SignatureKey KeyOf(int number) => new($"conversation {number % 10}", "model", $"call-{number}");

    /// <summary>A signature of its own for each number, a whole number of base64 groups, most of them short.</summary>
    public static string SignatureOf(int number) => Convert.ToBase64String(Payload(number, 60 + (number * 21 % 900 * 3)));

    public async Task PutAsync(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            Assert.True(Cache.Put(KeyOf(number), SignatureOf(number)));
        }

        await Cache.CommitAsync(TestStores.Ended);
    }

    /// <summary>Which of some numbers are found. None is ever found with anything but its own signature.</summary>
    public async Task<List<int>> FindAsync(IEnumerable<int> numbers)
    {
        List<int> found = [];
        foreach (var number in numbers)
        {
            await Cache.PrefetchAsync(KeyOf(number).ConversationId, TestStores.Ended);
            if (Cache.TryGet(KeyOf(number), out var entry))
            {
                Assert.Equal(SignatureOf(number), entry.Signature);
                found.Add(number);
            }
        }

        return found;
    }

    /// <summary>Lets the cache try again, until it no longer counts the store as degraded.</summary>
    public async Task HealAsync()
    {
        while (Cache.GetMetrics().IsStoreDegraded)
        {
            _time.Advance(ProbeInterval);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestStores.Ended);
        }

        await Cache.CommitAsync(TestStores.Ended);
    }

    public ValueTask DisposeAsync() => Cache.DisposeAsync();
}
