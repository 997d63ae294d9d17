using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Renewal;

public sealed class RefreshTests : IDisposable
{
    private static readonly SignatureKey Key = Signatures.Key(1);
    private static readonly SignatureKey Other = Signatures.Key(1, part: "call");
    private static readonly string Old = Signatures.Thought(1);
    private static readonly string Fresh = Signatures.Thought(2);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedRefresher _refresher = new();
    private readonly FakeLogger<SignatureCache> _logger = new();
    private readonly SignatureCache _cache;

    public RefreshTests() => _cache = Create(new() { TimeToLive = TimeSpan.FromMinutes(10) });

    public void Dispose()
    {
        _cache.AssertIntact();
        _cache.Dispose();
    }

    [Fact]
    public async Task Ten_thousand_that_near_their_end_at_once_are_refreshed_a_few_at_a_time()
    {
        const int Entries = 10_000;
        const int Concurrency = 7;
        using var cache = Create(new() { Capacity = Entries, TimeToLive = TimeSpan.FromMinutes(10), MaxConcurrentRefreshes = Concurrency });
        var keys = Enumerable.Range(0, Entries).Select(static i => Signatures.Key(i)).ToList();
        var numbers = keys.Select(static (key, number) => (key, number)).ToDictionary(static pair => pair.key, static pair => pair.number);
        var texts = Enumerable.Range(0, 2 * Entries).Select(static i => Signatures.Thought(i)).ToList();
        for (var i = 0; i < Entries; i++)
        {
            cache.Put(keys[i], texts[i]);
        }

        var end = _time.GetUtcNow() + TimeSpan.FromMinutes(10);
        _time.Advance(TimeSpan.FromMinutes(5));
        var refreshed = new HashSet<string>();
        var failures = 0;
        var attempts = 0;
        for (var round = 0; refreshed.Count < Entries; round++)
        {
            Assert.InRange(round, 0, 40);

            // No call is answered before all look-ups have been: if one waited, this would never end.
            var due = keys.Where(key => !refreshed.Contains(key.ConversationId)).ToList();
            Parallel.ForEach(due.Concat(due), key => Assert.True(cache.Lookup(key).IsHit));
            for (var i = 0; i < due.Count; i++)
            {
                var call = await _refresher.NextAsync();
                Assert.InRange(_refresher.Waiting, 0, Concurrency);
                var number = numbers[call.Current.Key];
                switch (attempts++ % 6)
                {
                    case 0:
                        call.Answer.SetException(new InvalidOperationException("the provider is slow today"));
                        failures++;
                        break;
                    case 3:
                        call.Answer.SetResult(null);
                        failures++;
                        break;
                    default:
                        call.Answer.SetResult(texts[Entries + number]);
                        refreshed.Add(call.Current.Key.ConversationId);
                        break;
                }
            }

            await UntilAsync(() => cache.GetMetrics() is var metrics && metrics.Refreshes + metrics.RefreshFailures == attempts);
            _time.Advance((end - _time.GetUtcNow()) / 8);
        }

        Assert.Equal((Concurrency, 0), (_refresher.MostRunning, _refresher.Overlaps));
        Assert.Equal(((long)Entries, (long)failures), (cache.GetMetrics().Refreshes, cache.GetMetrics().RefreshFailures));
        _time.SetUtcNow(end);
        for (var i = 0; i < Entries; i++)
        {
            Assert.Equal(texts[Entries + i], cache.Peek(keys[i])?.Signature);
            Assert.True(cache.Peek(keys[i])!.ExpiresAt > _time.GetUtcNow());
        }

        Assert.Equal((0, 0), (cache.GetMetrics().Misses, cache.GetMetrics().Expirations));
        cache.AssertIntact(Entries);
    }

    [Fact]
    public async Task A_fresh_signature_takes_the_place_of_the_old_under_all_its_names()
    {
        _cache.Put([Key.With(1), Key.With(2), Other.With(1)], Old);
        _cache.Put(Key.With(3), Signatures.Thought(3));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(_cache.Lookup([Key.With(1)]).IsHit);
        Assert.True(_cache.Lookup([Other.With(1)]).IsHit);
        var call = await _refresher.NextAsync();
        Assert.Equal((Key, Old), (call.Current.Key, call.Current.Signature));

        call.Answer.SetResult(Fresh);
        await UntilAsync(() => _cache.GetMetrics().Refreshes == 1);

        Assert.Equal(0, _refresher.Waiting);
        Assert.All(
            new[] { Key.With(1), Key.With(2), Other.With(1) },
            name =>
            {
                var entry = _cache.Lookup(name).Entry!;
                Assert.Equal((Fresh, _time.GetUtcNow() + TimeSpan.FromMinutes(10)), (entry.Signature, entry.ExpiresAt));
            });
        Assert.Equal(Signatures.Thought(3), _cache.Lookup(Key.With(3)).Entry?.Signature);
    }

    [Fact]
    public async Task A_name_of_another_age_keeps_the_end_it_had_if_that_is_later()
    {
        using var cache = Create(new() { MinTimeToLive = TimeSpan.FromMinutes(10), MaxTimeToLive = TimeSpan.FromMinutes(40) });
        cache.Put([Key.With(1), Other.With(1)], Old);
        _time.Advance(TimeSpan.FromMinutes(9));
        cache.Put(Other.With(1), Old);
        cache.Put(Other.With(1), Old);
        var expires = cache.Peek(Other)!.ExpiresAt;
        Assert.NotNull(cache.Find(Key));

        (await _refresher.NextAsync()).Answer.SetResult(Fresh);
        await UntilAsync(() => cache.GetMetrics().Refreshes == 1);

        Assert.Equal((Fresh, expires), (cache.Peek(Other)!.Signature, cache.Peek(Other)!.ExpiresAt));
    }

    [Fact]
    public async Task A_name_that_has_expired_meanwhile_stays_so()
    {
        _cache.Put([Key.With(1), Other.With(1)], Old);
        _time.Advance(TimeSpan.FromMinutes(4));
        _cache.Put(Key.With(1), Old);
        _time.Advance(TimeSpan.FromMinutes(7));
        Assert.NotNull(_cache.Find(Key));

        (await _refresher.NextAsync()).Answer.SetResult(Fresh);
        await UntilAsync(() => _cache.GetMetrics().Refreshes == 1);

        Assert.Equal(Fresh, _cache.Find(Key));
        Assert.Equal(SignatureLookupStatus.Expired, _cache.Lookup(Other).Status);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData(null)]
    [InlineData("not a signature")]
    public async Task What_brings_nothing_is_tried_again_later(string? answer)
    {
        _cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(6));
        for (var i = 1; i <= 3; i++)
        {
            Assert.NotNull(_cache.Find(Key));
            var call = await _refresher.NextAsync();
            if (answer == "throws")
            {
                call.Answer.SetException(new InvalidOperationException("secret"));
            }
            else
            {
                call.Answer.SetResult(answer);
            }

            await UntilAsync(() => _cache.GetMetrics().RefreshFailures == i);
            Assert.NotNull(_cache.Find(Key));
            Assert.Equal(0, _refresher.Waiting);
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(Old, _cache.Find(Key));
        Assert.DoesNotContain(_logger.Collector.GetSnapshot(), record => record.Message.Contains("secret", StringComparison.Ordinal));
        (await _refresher.NextAsync()).Answer.SetResult(Fresh);
        await UntilAsync(() => _cache.GetMetrics().Refreshes == 1);
        Assert.Equal(Fresh, _cache.Find(Key));
    }

    [Fact]
    public async Task Until_then_nothing_puts_the_end_off()
    {
        using var cache = Create(new() { MinTimeToLive = TimeSpan.FromMinutes(10), MaxTimeToLive = TimeSpan.FromMinutes(40) });
        cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(cache.Find(Key));
        var call = await _refresher.NextAsync();
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(1), call.Current.ExpiresAt);

        call.Answer.SetResult(Fresh);
        await UntilAsync(() => cache.GetMetrics().Refreshes == 1);

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(14.4), cache.Peek(Key)!.ExpiresAt);
        Assert.Equal(0, cache.GetMetrics().Renewals);
    }

    [Fact]
    public async Task What_was_removed_or_replaced_meanwhile_stays_so()
    {
        _cache.Put([new(Key, default), new(Other, default)], Old);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(_cache.Find(Key));
        var call = await _refresher.NextAsync();
        Assert.True(_cache.ReportCorrupted([Key], CorruptionReason.Invalid));
        _cache.Put(Other, Signatures.Thought(3));

        call.Answer.SetResult(Fresh);
        await UntilAsync(() => _cache.GetMetrics().Refreshes == 1);

        Assert.Null(_cache.Find(Key));
        Assert.Equal(Signatures.Thought(3), _cache.Find(Other));
    }

    [Fact]
    public async Task A_full_queue_is_no_trouble()
    {
        using var cache = Create(
            new() { TimeToLive = TimeSpan.FromMinutes(10), MaxConcurrentRefreshes = 1, MaxQueuedRefreshes = 1 });
        for (var i = 0; i < 3; i++)
        {
            cache.Put(Signatures.Key(i), Signatures.Thought(i));
        }

        _time.Advance(TimeSpan.FromMinutes(9));
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(cache.Find(Signatures.Key(i)));
        }

        (await _refresher.NextAsync()).Answer.SetResult(Signatures.Thought(10));
        (await _refresher.NextAsync()).Answer.SetResult(Signatures.Thought(11));
        await UntilAsync(() => cache.GetMetrics().Refreshes == 2);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Signatures.Thought(2), cache.Find(Signatures.Key(2)));
        (await _refresher.NextAsync()).Answer.SetResult(Signatures.Thought(12));
        await UntilAsync(() => cache.GetMetrics().Refreshes == 3);
    }

    [Fact]
    public async Task Disposal_cancels_and_forgets()
    {
        var cache = Create(new() { TimeToLive = TimeSpan.FromMinutes(10), MaxConcurrentRefreshes = 1 });
        cache.Put(Key, Old);
        cache.Put(Other, Fresh);
        _time.Advance(TimeSpan.FromMinutes(9));
        cache.TryGet(Key, out _);
        cache.TryGet(Other, out _);
        var call = await _refresher.NextAsync();
        Assert.False(call.Token.IsCancellationRequested);

        cache.Dispose();
        Assert.True(call.Token.IsCancellationRequested);
        call.Answer.SetResult(Signatures.Thought(3));
        await UntilAsync(() => cache.GetMetrics().Refreshes == 1);

        Assert.Equal((0, 0), (cache.Count, _refresher.Waiting));
    }

    [Fact]
    public async Task A_registered_refresher_is_asked()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<ISignatureRefresher>(_refresher)
            .AddSignatureCache()
            .BuildServiceProvider();
        var cache = provider.GetRequiredService<ISignatureCache>();
        cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromDays(6));

        Assert.True(cache.TryGet(Key, out _));

        (await _refresher.NextAsync()).Answer.SetResult(Fresh);
        await UntilAsync(() => cache.GetMetrics().Refreshes == 1);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private SignatureCache Create(SignatureCacheOptions options)
    {
        options.CleanupInterval = Timeout.InfiniteTimeSpan;
        return new SignatureCache(options, _time, _logger, _refresher);
    }
}
