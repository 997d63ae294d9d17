using System.Diagnostics;
using System.Globalization;
using System.Text;
using FastSignatureCache.Redis.Tests.Support;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Redis.Tests.Notices;

/// <summary>Two caches over two stores on one server, as two gateways have them: what one removes, the other forgets.</summary>
public sealed class SharedCacheTests(SharedServer server) : IAsyncLifetime
{
    private const int Times = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Signature = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('s', 300)));

    private readonly string _prefix = TestStores.Prefix();
    private TieredSignatureCache _one = null!;
    private TieredSignatureCache _other = null!;

    public async ValueTask InitializeAsync()
    {
        (_one, _other) = (Create(), Create());
        // Only what is told after the other has begun to listen reaches it.
        for (var i = 0; !await HearsAsync(new SignatureKey(string.Create(CultureInfo.InvariantCulture, $"first {i}"), "model", "part")); i++)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task A_reported_corruption_is_gone_from_the_other() =>
        await MeasureAsync("corruption", key => _one.ReportCorrupted(key));

    [Fact]
    public async Task A_clear_reaches_the_other() => await MeasureAsync("clear", _ => _one.Clear());

    private async Task<bool> HearsAsync(SignatureKey key)
    {
        await ShareAsync(key);
        _one.Remove(key);
        for (var i = 0; i < 50 && _other.TryGet(key, out _); i++)
        {
            await Task.Delay(10, TestStores.Ended);
        }

        return !_other.TryGet(key, out _);
    }

    private async Task ShareAsync(SignatureKey key)
    {
        // As the gateway puts, beside what is there: a put that takes the place of all is a removal too, of which the other hears.
        Assert.True(_one.Put([new ContextualKey(key, default)], Signature));
        await _one.CommitAsync(TestStores.Ended);
        await _other.PrefetchAsync(key.ConversationId, TestStores.Ended);
        Assert.True(_other.TryGet(key, out _));
    }

    private async Task MeasureAsync(string what, Action<SignatureKey> remove)
    {
        List<double> times = [];
        for (var i = 0; i < Times; i++)
        {
            var key = new SignatureKey(string.Create(CultureInfo.InvariantCulture, $"conversation {i}"), "model", "part");
            await ShareAsync(key);

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestStores.Ended);
            patience.CancelAfter(Patience);
            var began = Stopwatch.GetTimestamp();
            remove(key);
            while (_other.TryGet(key, out _))
            {
                await Task.Delay(1, patience.Token);
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await _one.CommitAsync(TestStores.Ended);
            await _other.PrefetchAsync(key.ConversationId, TestStores.Ended);
            Assert.False(_other.TryGet(key, out _));
        }

        times.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Measured: Redis, {what} on one cache, gone from another after p50/max {times[Times / 2]:f1}/{times[^1]:f1} ms"));
    }

    private TieredSignatureCache Create() => new(
        new RedisSignatureStore(new() { ConnectionString = server.Endpoint, KeyPrefix = _prefix, OperationTimeout = TestStores.Patience }),
        // Generous: this is about what is found, on a machine that may be busy with other things.
        new() { ReadTimeout = TimeSpan.FromSeconds(30), WriteTimeout = TimeSpan.FromSeconds(30) });
}
