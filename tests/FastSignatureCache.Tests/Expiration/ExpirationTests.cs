using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Expiration;

public sealed class ExpirationTests : IDisposable
{
    private static readonly SignatureKey Key = Signatures.Key(1);
    private static readonly string Old = Signatures.Thought(1);
    private static readonly string New = Signatures.Thought(2);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly HookedTimeProvider _time = new();
    private readonly SignatureCache _cache;

    public ExpirationTests() =>
        _cache = new(new() { TimeToLive = TimeSpan.FromMinutes(10), CleanupInterval = Timeout.InfiniteTimeSpan }, _time);

    public void Dispose()
    {
        _cache.AssertIntact();
        _cache.Dispose();
    }

    [Theory]
    [InlineData(false, 600)]
    [InlineData(true, 600)]
    [InlineData(true, 1)]
    [InlineData(false, 604_800)]
    [InlineData(true, 604_800)]
    public void Expiry_at_exactly_its_time(bool hasCoarseClock, int seconds)
    {
        var options = new SignatureCacheOptions { TimeToLive = TimeSpan.FromSeconds(seconds) };
        using var cache = new SignatureCache(options, _time, null, hasCoarseClock);
        cache.Put(Key, Old);

        _time.Advance(options.TimeToLive - Tick);
        Assert.Equal(Old, cache.Find(Key));
        Assert.True(cache.Lookup(Key).IsHit);
        Assert.True(cache.Lookup(Key.With()).IsHit);

        _time.Advance(Tick);
        Assert.Null(cache.Find(Key));
    }

    [Fact]
    public void Expired_entry_is_a_miss_and_is_removed()
    {
        _cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, _cache.Count);

        Assert.Equal(SignatureLookupStatus.Expired, _cache.Lookup(Key).Status);

        Assert.Equal((0, 0L), (_cache.Count, _cache.EstimatedBytes));
        var metrics = _cache.GetMetrics();
        Assert.Equal((0, 1, 1, 0), (metrics.Hits, metrics.Misses, metrics.Expirations, metrics.Evictions));
        Assert.Equal(SignatureLookupStatus.Miss, _cache.Lookup(Key).Status);
    }

    [Fact]
    public void Expired_candidate_is_a_miss_and_is_removed()
    {
        _cache.Put(Key.With(history: 1), Old);
        _cache.Put(Key.With(history: 2), New);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(SignatureLookupStatus.Expired, _cache.Lookup(Key.With(history: 1)).Status);

        Assert.Equal((0, 1L), (_cache.Count, _cache.GetMetrics().Expirations));
    }

    [Fact]
    public void Default_time_to_live_is_7_days()
    {
        using var cache = new SignatureCache(timeProvider: _time);
        cache.Put(Key, Old);

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(7), cache.Peek(Key)!.ExpiresAt);
    }

    [Fact]
    public void Reading_does_not_prolong_the_life()
    {
        _cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(Old, _cache.Find(Key));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(_cache.Find(Key));
    }

    [Fact]
    public void Putting_again_starts_a_new_life()
    {
        _cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(9));
        _cache.Put(Key, New);
        _time.Advance(TimeSpan.FromMinutes(9));

        Assert.Equal(New, _cache.Find(Key));
    }

    [Fact]
    public void Remove_and_report_of_an_expired_entry_find_nothing_live()
    {
        _cache.Put(Key, Old);
        _cache.Put(Signatures.Key(2), Old);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.False(_cache.Remove(Key));
        Assert.False(_cache.ReportCorrupted(Signatures.Key(2)));

        var metrics = _cache.GetMetrics();
        Assert.Equal((0, 2L, 0L), (_cache.Count, metrics.Expirations, metrics.Corruptions));
    }

    [Fact]
    public void RemoveExpired_removes_what_has_expired_and_nothing_else()
    {
        for (var i = 0; i < 10; i++)
        {
            _cache.Put(Signatures.Key(i), Old);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(5, _cache.RemoveExpired());
        Assert.Equal((5, 5L), (_cache.Count, _cache.GetMetrics().Expirations));
        Assert.Null(_cache.Find(Signatures.Key(4)));
        Assert.NotNull(_cache.Find(Signatures.Key(5)));
    }

    [Fact]
    public void Evicting_an_expired_entry_counts_as_expiration()
    {
        using var cache = new SignatureCache(new() { Capacity = 1, TimeToLive = TimeSpan.FromMinutes(1) }, _time);
        cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromSeconds(60) - Tick);
        cache.Put(Signatures.Key(2), Old);
        Assert.Equal((1L, 0L), (cache.GetMetrics().Evictions, cache.GetMetrics().Expirations));

        // Without the background, which would be first.
        using var quiet = new SignatureCache(
            new() { Capacity = 1, TimeToLive = TimeSpan.FromMinutes(1), CleanupInterval = Timeout.InfiniteTimeSpan }, _time);
        quiet.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(1));
        quiet.Put(Signatures.Key(2), Old);
        Assert.Equal((0L, 1L), (quiet.GetMetrics().Evictions, quiet.GetMetrics().Expirations));
    }

    [Fact]
    public void Clock_set_back_lets_the_newest_live_candidate_answer()
    {
        _cache.Put(Key.With(history: 1), Old);
        var time = new StubTime { Now = _time.GetUtcNow() };
        using var cache = new SignatureCache(new() { TimeToLive = TimeSpan.FromMinutes(10), CleanupInterval = Timeout.InfiniteTimeSpan }, time);
        cache.Put(Key.With(history: 1), Old);
        time.Now -= TimeSpan.FromMinutes(5);
        cache.Put(Key.With(history: 2), New);
        time.Now += TimeSpan.FromMinutes(12);

        // The newest has expired first.
        Assert.Equal(Old, cache.Find(Key));
        Assert.True(cache.Lookup(Key).IsHit);
        Assert.Equal(SignatureLookupStatus.Hit, cache.Lookup(Key.With(history: 1)).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Trap_lost_update_a_look_up_that_saw_an_expired_entry_leaves_what_was_put_meanwhile(int question)
    {
        _cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(10));

        // A look-up asks the clock up to three times on its way to the removal: the put comes in at each of these moments.
        var asked = 0;
        _time.OnAsked = () =>
        {
            if (++asked == question)
            {
                _cache.Put(Key, New);
            }
        };
        _cache.Lookup(Key);
        _time.OnAsked = null;

        Assert.True(asked >= question);
        Assert.Equal(New, _cache.Find(Key));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Trap_lost_update_the_clean_up_leaves_what_was_put_meanwhile(int question)
    {
        _cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(10));
        var asked = 0;
        _time.OnAsked = () =>
        {
            if (++asked == question)
            {
                _cache.Put(Key, New);
            }
        };

        _cache.RemoveExpired();
        _time.OnAsked = null;

        Assert.True(asked >= question);
        Assert.Equal(New, _cache.Find(Key));
    }

    [Fact]
    public void Trap_lost_update_an_expired_slot_that_was_removed_and_put_anew_stays()
    {
        _cache.Put(Key, Old);
        _time.Advance(TimeSpan.FromMinutes(10));
        var done = false;
        _time.OnAsked = () =>
        {
            if (!done)
            {
                done = true;
                _cache.Clear();
                _cache.Put(Key, New);
            }
        };

        Assert.Equal(0, _cache.RemoveExpired());
        _time.OnAsked = null;

        Assert.Equal(New, _cache.Find(Key));
    }

    [Fact]
    public void Trap_no_put_revives_an_expired_entry()
    {
        _cache.Put(Key.With(history: 1), Old);
        _cache.Lookup(Key.With(history: 1));
        _time.Advance(TimeSpan.FromMinutes(10));

        _cache.Put(Key.With(history: 2), New);

        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 1, turn: 1, occurrence: 1)).Status);
        Assert.Equal(New, _cache.Find(Key));
        Assert.Equal(1, _cache.GetMetrics().Expirations);

        // Not even with the very same signature and context: it is a new entry.
        _time.Advance(TimeSpan.FromMinutes(10));
        _cache.Put(Key.With(history: 2), New);
        Assert.Equal(0, _cache.Peek(Key)!.RequestCount);
    }

    private sealed class StubTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
