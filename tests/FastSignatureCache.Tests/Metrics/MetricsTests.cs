using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Metrics;

public sealed class MetricsTests : IDisposable
{
    private readonly SignatureCache _cache = new(timeProvider: new FakeTimeProvider());

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Metrics_start_at_0() => AssertIsEmpty(_cache.GetMetrics());

    [Fact]
    public void Rates_are_0_with_no_look_ups()
    {
        _cache.Put(Signatures.Key(1), "no signature");

        var metrics = _cache.GetMetrics();
        Assert.Equal(1, metrics.Corruptions);
        Assert.Equal((0, 0.0, 0.0), (metrics.Lookups, metrics.HitRate, metrics.CorruptionRate));
    }

    [Fact]
    public void Hit_rate_is_in_percent_of_look_ups()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));
        _cache.TryGet(Signatures.Key(1), out _);
        _cache.Lookup(Signatures.Key(1));
        _cache.Lookup(Signatures.Key(1).With());
        _cache.TryGet(Signatures.Key(2), out _);

        var metrics = _cache.GetMetrics();
        Assert.Equal((3, 1, 4, 75.0), (metrics.Hits, metrics.Misses, metrics.Lookups, metrics.HitRate));
    }

    [Fact]
    public void Corruption_rate_is_in_percent_of_look_ups()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));
        for (var i = 0; i < 200; i++)
        {
            _cache.TryGet(Signatures.Key(1), out _);
        }

        Assert.True(_cache.ReportCorrupted(Signatures.Key(1)));

        Assert.Equal((1, 0.5), (_cache.GetMetrics().Corruptions, _cache.GetMetrics().CorruptionRate));
    }

    [Fact]
    public void Reported_corruption_removes_the_entry_and_counts_once()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));

        Assert.True(_cache.ReportCorrupted(Signatures.Key(1)));
        Assert.False(_cache.ReportCorrupted(Signatures.Key(1)));

        Assert.Null(_cache.Find(Signatures.Key(1)));
        Assert.Equal((1, 0), (_cache.GetMetrics().Corruptions, _cache.Count));
    }

    [Theory]
    [InlineData(CorruptionReason.Reported)]
    [InlineData(CorruptionReason.Invalid)]
    [InlineData(CorruptionReason.Undecodable)]
    [InlineData(CorruptionReason.Modified)]
    [InlineData(CorruptionReason.Incomplete)]
    public void Report_of_all_names_removes_what_is_under_each_and_counts_one_corruption(CorruptionReason reason)
    {
        var keys = new[] { Signatures.Key(1, "first"), Signatures.Key(2, "second"), Signatures.Key(3, "third") };
        _cache.Put([new(keys[1], default), new(keys[2], default)], Signatures.Thought(1));
        _cache.Put(keys[2].With(1), Signatures.Thought(2));

        Assert.True(_cache.ReportCorrupted(keys, reason));
        Assert.False(_cache.ReportCorrupted(keys, reason));

        var metrics = _cache.GetMetrics();
        Assert.Equal((1, 0), (metrics.Corruptions, _cache.Count));
        Assert.Equal(1, metrics.CorruptionsByReason[reason]);
        Assert.Equal(("first", reason), (Assert.Single(metrics.RecentCorruptions).Model, metrics.RecentCorruptions[0].Reason));
        Assert.Equal(2, metrics.Removals.Single(removal => removal.Reason == RemovalReason.Corrupted).Count);
    }

    [Fact]
    public void Report_of_what_is_not_kept_counts_nothing()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));

        Assert.False(_cache.ReportCorrupted([], CorruptionReason.Invalid));
        Assert.False(_cache.ReportCorrupted([default, Signatures.Key(2)], CorruptionReason.Invalid));

        Assert.Equal((0, 1), (_cache.GetMetrics().Corruptions, _cache.Count));
    }

    [Theory]
    [InlineData(CorruptionReason.MalformedPut)]
    [InlineData((CorruptionReason)(-1))]
    [InlineData((CorruptionReason)6)]
    public void Report_for_no_reason_of_a_report_removes_nothing(CorruptionReason reason)
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));

        Assert.Throws<ArgumentOutOfRangeException>(nameof(reason), () => _cache.ReportCorrupted([Signatures.Key(1)], reason));

        Assert.Equal((0, 1), (_cache.GetMetrics().Corruptions, _cache.Count));
    }

    [Fact]
    public void Refused_format_counts_as_corruption_and_says_so()
    {
        _cache.Put(Signatures.Key(1), "no signature");
        _cache.Put(Signatures.Key(1), "no signature".AsSpan());
        _cache.Put(Signatures.Key(1), "no signature"u8);
        _cache.Put(Signatures.Key(1).With(), "no signature");

        var metrics = _cache.GetMetrics();
        Assert.Equal((4, 4, 0), (metrics.Corruptions, metrics.RefusedFormats, metrics.RefusedSizes));
    }

    [Fact]
    public void Reset_starts_again_from_0_and_keeps_the_entries()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));
        _cache.Put(Signatures.Key(2), "no signature");
        _cache.TryGet(Signatures.Key(1), out _);
        _cache.TryGet(Signatures.Key(2), out _);
        _cache.ResetMetrics();

        AssertIsEmpty(_cache.GetMetrics());
        Assert.NotNull(_cache.Find(Signatures.Key(1)));
        Assert.Equal((1, 0), (_cache.GetMetrics().Hits, _cache.GetMetrics().Misses));
    }

    private static void AssertIsEmpty(SignatureCacheMetrics metrics)
    {
        Assert.Equal((0, 0, 0, 0), (metrics.Lookups, metrics.Puts, metrics.Evictions, metrics.Expirations));
        Assert.Equal((0, 0, 0, 0), (metrics.Corruptions, metrics.RefusedFormats, metrics.RefusedSizes, metrics.EvictedThenMissed));
        Assert.Empty(metrics.Models);
        Assert.Empty(metrics.RecentCorruptions);
        Assert.All(metrics.MissesByReason, static reason => Assert.Equal(0, reason.Value));
        Assert.All(metrics.CorruptionsByReason, static reason => Assert.Equal(0, reason.Value));
        Assert.All(metrics.Removals, static removal =>
            Assert.Equal(new(removal.Reason, 0, DistributionMetrics.None, DistributionMetrics.None), removal));
        Assert.Equal(DistributionMetrics.None, metrics.LookupNanoseconds);
    }

    [Fact]
    public void Looking_at_count_bytes_and_metrics_counts_nothing()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));
        _ = (_cache.Count, _cache.EstimatedBytes, _cache.GetMetrics());

        Assert.Equal(0, _cache.GetMetrics().Lookups);
    }
}
