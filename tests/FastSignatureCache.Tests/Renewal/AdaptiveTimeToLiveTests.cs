using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Renewal;

public sealed class AdaptiveTimeToLiveTests : IDisposable
{
    private static readonly SignatureKey Key = Signatures.Key(1);
    private static readonly string Text = Signatures.Thought(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly HookedTimeProvider _time = new();
    private readonly SignatureCache _cache;

    public AdaptiveTimeToLiveTests() => _cache = Create(10, 40);

    public void Dispose()
    {
        _cache.AssertIntact();
        _cache.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_asked_for_lives_longer_up_to_the_maximum(bool hasCoarseClock)
    {
        using var cache = new SignatureCache(Options(10, 40), _time, null, hasCoarseClock);
        cache.Put(Key, Text);
        foreach (var (gap, next) in new[] { (9, 14.4), (11, 32), (20, 40), (20, 40) })
        {
            _time.Advance(TimeSpan.FromMinutes(gap));
            Assert.Equal(Text, cache.Find(Key));
            Assert.Equal(TimeSpan.FromMinutes(next), cache.Peek(Key)!.ExpiresAt - _time.GetUtcNow());
        }

        _time.Advance(TimeSpan.FromMinutes(40) - Tick);
        Assert.NotNull(cache.Peek(Key));
        _time.Advance(Tick);
        Assert.Equal(SignatureLookupStatus.Expired, cache.Lookup(Key).Status);
        Assert.Equal(4, cache.GetMetrics().Renewals);
        cache.AssertIntact();
    }

    [Fact]
    public void What_nobody_asks_for_lives_the_minimum()
    {
        _cache.Put(Key, Text);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Null(_cache.Find(Key));
        Assert.Equal(0, _cache.GetMetrics().Renewals);
    }

    [Fact]
    public void Uses_in_the_first_half_change_nothing_and_the_middle_renews()
    {
        _cache.Put(Key, Text);
        var expires = _cache.Peek(Key)!.ExpiresAt;
        _time.Advance(TimeSpan.FromMinutes(5) - Tick);
        Assert.NotNull(_cache.Find(Key));
        Assert.Equal(expires, _cache.Peek(Key)!.ExpiresAt);

        _time.Advance(Tick);
        Assert.NotNull(_cache.Find(Key));
        Assert.NotNull(_cache.Find(Key));

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(10), _cache.Peek(Key)!.ExpiresAt);
        Assert.Equal(1, _cache.GetMetrics().Renewals);
    }

    [Fact]
    public void The_other_names_in_the_same_look_up_are_renewed_with_it()
    {
        ContextualKey[] names = [Key.With(1), Signatures.Key(1, part: "call").With(1), Signatures.Key(1, part: "text").With(2)];
        var stranger = Signatures.Key(1, part: "stranger").With(1);
        _cache.Put(names, Text);
        _cache.Put(stranger, Signatures.Thought(2));
        _time.Advance(TimeSpan.FromMinutes(9));

        Assert.True(_cache.Lookup([names[1], names[0], stranger]).IsHit);

        var renewed = _time.GetUtcNow() + TimeSpan.FromMinutes(14.4);
        Assert.Equal((renewed, renewed), (_cache.Peek(names[0].Key)!.ExpiresAt, _cache.Peek(names[1].Key)!.ExpiresAt));
        var expires = _time.GetUtcNow() + TimeSpan.FromMinutes(1);
        Assert.Equal((expires, expires), (_cache.Peek(names[2].Key)!.ExpiresAt, _cache.Peek(stranger.Key)!.ExpiresAt));
        Assert.Equal(2, _cache.GetMetrics().Renewals);
    }

    [Fact]
    public void An_ambiguous_look_up_renews_nothing()
    {
        _cache.Put(Key.With(1), Text);
        _cache.Put(Key.With(2), Signatures.Thought(2));
        _time.Advance(TimeSpan.FromMinutes(9));

        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(3)).Status);

        Assert.Equal(0, _cache.GetMetrics().Renewals);
    }

    [Fact]
    public void Of_several_candidates_the_one_that_is_meant_is_renewed()
    {
        _cache.Put(Key.With(1), Text);
        _cache.Put(Key.With(2), Signatures.Thought(2));
        _time.Advance(TimeSpan.FromMinutes(9));

        Assert.True(_cache.Lookup(Key.With(1)).IsHit);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(SignatureLookupStatus.Hit, _cache.Lookup(Key.With(1)).Status);
        Assert.Equal(Text, _cache.Find(Key));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_put_in_its_place_is_a_use(bool isCandidate)
    {
        _cache.Put(Key.With(), Text);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(_cache.Find(Key));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(isCandidate ? _cache.Put(Key.With(), Text) : _cache.Put(Key, Signatures.Thought(2)));

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(16), _cache.Peek(Key)!.ExpiresAt);
        _time.Advance(TimeSpan.FromMinutes(16));
        _cache.Put(Key, Text);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(10), _cache.Peek(Key)!.ExpiresAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_put_in_its_place_never_brings_the_end_forward(bool isCandidate)
    {
        _cache.Put(Key.With(), Text);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(_cache.Find(Key));
        var expires = _cache.Peek(Key)!.ExpiresAt;
        for (var i = 0; i < 3; i++)
        {
            Assert.True(isCandidate ? _cache.Put(Key.With(), Text) : _cache.Put(Key, Signatures.Thought(2)));
            Assert.Equal(expires, _cache.Peek(Key)!.ExpiresAt);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Theory]
    [InlineData(null, 14, 7, 8.4)]
    [InlineData(1, null, 1, 1.2)]
    [InlineData(7, 7, 7, 7)]
    [InlineData(null, null, 7, 1.75)]
    public void One_bound_is_enough_and_none_is_a_fixed_time_to_live(int? least, int? most, int first, double next)
    {
        using var cache = new SignatureCache(
            new() { MinTimeToLive = Days(least), MaxTimeToLive = Days(most), CleanupInterval = Timeout.InfiniteTimeSpan }, _time);
        cache.Put(Key, Text);
        Assert.Equal(TimeSpan.FromDays(first), cache.Peek(Key)!.ExpiresAt - _time.GetUtcNow());

        _time.Advance(TimeSpan.FromDays(first) * 3 / 4);
        Assert.NotNull(cache.Find(Key));

        Assert.Equal(TimeSpan.FromDays(next), cache.Peek(Key)!.ExpiresAt - _time.GetUtcNow());

        static TimeSpan? Days(int? days) => days is { } count ? TimeSpan.FromDays(count) : null;
    }

    [Fact]
    public void What_expires_between_the_look_up_and_its_renewal_stays_expired()
    {
        _cache.Put(Key, Text);
        _time.Advance(TimeSpan.FromMinutes(9));
        var asked = 0;
        _time.OnAsked = () => _time.Advance(++asked == 4 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);

        Assert.NotNull(_cache.Find(Key));

        Assert.Equal(4, asked);
        Assert.Equal(SignatureLookupStatus.Expired, _cache.Lookup(Key).Status);
        Assert.Equal(0, _cache.GetMetrics().Renewals);
    }

    [Fact]
    public void A_renewal_allocates_nothing()
    {
        ContextualKey[][] names = [.. Enumerable.Range(0, 3).Select(i => new[] { Signatures.Key(i).With(), Signatures.Key(i, part: "call").With() })];
        Array.ForEach(names, name => _cache.Put(name, Text));
        _time.Advance(TimeSpan.FromMinutes(9));
        _cache.Lookup(names[0]);
        _cache.Lookup(names[0][0].Key);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _cache.Lookup(names[1]);
        _cache.Lookup(names[2][0].Key);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(5, _cache.GetMetrics().Renewals);
    }

    [Fact]
    public async Task Beside_puts_removals_evictions_and_expirations_nothing_lives_longer_than_the_maximum()
    {
        using var cache = new SignatureCache(
            new()
            {
                Capacity = 30,
                MinTimeToLive = TimeSpan.FromSeconds(4),
                MaxTimeToLive = TimeSpan.FromSeconds(16),
                CleanupInterval = Timeout.InfiniteTimeSpan,
            },
            _time);
        var threads = Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 20_000; i++)
            {
                var key = Signatures.Key(random.Next(40));
                switch (random.Next(40))
                {
                    case < 30:
                        var before = _time.GetUtcNow();
                        var found = cache.Lookup([key.With((ulong)random.Next(3)), Signatures.Key(random.Next(40)).With()]);
                        if (found.Entry is { } entry)
                        {
                            Assert.True(entry.ExpiresAt > before);
                            Assert.True(entry.ExpiresAt <= _time.GetUtcNow() + TimeSpan.FromSeconds(16));
                        }

                        break;
                    case < 34:
                        cache.Put(key, Signatures.Thought(random.Next(5)));
                        break;
                    case < 37:
                        cache.Put(key.With((ulong)random.Next(3)), Signatures.Thought(random.Next(5)));
                        break;
                    case 37:
                        cache.Remove(key);
                        break;
                    case 38:
                        cache.RemoveExpired();
                        break;
                    default:
                        _time.Advance(TimeSpan.FromMilliseconds(random.Next(1_000)));
                        break;
                }
            }
        })).ToList();
        await Task.WhenAll(threads);

        cache.AssertIntact(30);
        Assert.True(cache.GetMetrics().Renewals > 0);
        Assert.All(cache.List(new()).Entries, entry => Assert.True(entry.ExpiresAt <= _time.GetUtcNow() + TimeSpan.FromSeconds(16)));
    }

    private static SignatureCacheOptions Options(int least, int most) => new()
    {
        MinTimeToLive = TimeSpan.FromMinutes(least),
        MaxTimeToLive = TimeSpan.FromMinutes(most),
        CleanupInterval = Timeout.InfiniteTimeSpan,
    };

    private SignatureCache Create(int least, int most) => new(Options(least, most), _time);
}
