using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Metrics;

public sealed class RemovalTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SignatureCache _cache;

    public RemovalTests() => _cache = new(new() { Capacity = 2, MaxBytes = 4_096, TimeToLive = TimeSpan.FromHours(1) }, _time);

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Each_reason_is_counted_with_age_and_uses()
    {
        Put(1);
        _cache.TryGet(Signatures.Key(1), out _);
        _cache.TryGet(Signatures.Key(1), out _);
        Age(5);
        _cache.Remove(Signatures.Key(1));
        Put(2);
        Age(7);
        _cache.ReportCorrupted(Signatures.Key(2));
        Put(3);
        Age(9);
        Put(3);
        Age(3_600);
        _cache.RemoveExpired();
        Put(4);
        _cache.Clear();

        Assert.Equal(Of(5, 2), Removed(RemovalReason.Removed));
        Assert.Equal(Of(7, 0), Removed(RemovalReason.Corrupted));
        Assert.Equal(Of(9, 0), Removed(RemovalReason.Replaced));
        Assert.Equal(Of(3_600, 0), Removed(RemovalReason.Expired));
        Assert.Equal(Of(0, 0), Removed(RemovalReason.Cleared));
        Assert.Equal((4L, 4L, 0), (5 - Removed(RemovalReason.Replaced).Count, Left(), _cache.Count));
    }

    [Fact]
    public void Room_is_made_for_keys_or_for_bytes()
    {
        Put(1);
        Put(2);
        Put(3);
        Assert.Equal((1L, 0L), (Removed(RemovalReason.Capacity).Count, Removed(RemovalReason.Bytes).Count));

        _cache.Put(Signatures.Key(4), Signatures.Thought(4, 4_000));
        Assert.Equal((2L, 1L), (Removed(RemovalReason.Capacity).Count, Removed(RemovalReason.Bytes).Count));
        Assert.Equal(3, _cache.GetMetrics().Evictions);
    }

    [Fact]
    public void Miss_of_an_evicted_key_is_told_once()
    {
        Put(1);
        Put(2);
        Put(3);
        _cache.Lookup(Signatures.Key(1));
        _cache.Lookup(Signatures.Key(1));
        _cache.Lookup(Signatures.Key(9));

        Assert.Equal((3L, 1L), (_cache.GetMetrics().Misses, _cache.GetMetrics().EvictedThenMissed));
    }

    [Fact]
    public void Evicted_key_that_was_put_again_is_no_ghost()
    {
        Put(1);
        Put(2);
        Put(3);
        Put(1);
        _cache.Remove(Signatures.Key(1));
        _cache.Lookup(Signatures.Key(1));

        Assert.Equal(0, _cache.GetMetrics().EvictedThenMissed);
    }

    [Fact]
    public void Evicted_key_is_missed_under_any_of_its_names()
    {
        Put(1);
        Put(2);
        Put(3);
        _cache.Lookup([Signatures.Key(9).With(), Signatures.Key(1).With()]);

        Assert.Equal(1, _cache.GetMetrics().EvictedThenMissed);
    }

    [Fact]
    public void Candidate_replaces_nothing_until_there_are_too_many()
    {
        for (var i = 1; i <= 16; i++)
        {
            _cache.Put(Signatures.Key(1).With(history: (ulong)i), Signatures.Thought(i));
        }

        Assert.Equal(0, Removed(RemovalReason.Replaced).Count);
        _cache.Put(Signatures.Key(1).With(history: 17), Signatures.Thought(17));
        Assert.Equal(1, Removed(RemovalReason.Replaced).Count);
    }

    private static RemovalMetrics Of(double age, double uses) => new(default, 1, new(1, age, age, age, age, age), new(1, uses, uses, uses, uses, uses));

    private RemovalMetrics Removed(RemovalReason reason) =>
        _cache.GetMetrics().Removals.Single(removal => removal.Reason == reason) with { Reason = default };

    private long Left() => _cache.GetMetrics().Removals.Where(removal => removal.Reason != RemovalReason.Replaced).Sum(removal => removal.Count);

    private void Put(int key) => _cache.Put(Signatures.Key(key), Signatures.Thought(key));

    private void Age(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
