using System.Globalization;
using FastSignatureCache.Metrics;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Metrics;

public sealed class ModelTests : IDisposable
{
    private readonly SignatureCache _cache = new(timeProvider: new FakeTimeProvider());

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Hits_misses_and_corruptions_are_told_by_model()
    {
        _cache.Put(Signatures.Key(1, "a"), Signatures.Thought(1));
        _cache.TryGet(Signatures.Key(1, "a"), out _);
        _cache.Lookup(Signatures.Key(1, "a").With());
        _cache.TryGet(Signatures.Key(2, "a"), out _);
        _cache.TryGet(Signatures.Key(2, "b"), out _);
        _cache.Put(Signatures.Key(3, "b"), "no signature");
        _cache.ReportCorrupted(Signatures.Key(1, "a"));

        var metrics = _cache.GetMetrics();
        Assert.Equal([new("a", 2, 1, 1), new("b", 0, 1, 1)], metrics.Models);
        Assert.Equal((2L, 2L, 2L), (metrics.Hits, metrics.Misses, metrics.Corruptions));
    }

    [Fact]
    public void Models_that_are_only_asked_for_leave_room_for_those_that_are_kept()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _cache.TryGet(Signatures.Key(1, "asked-" + i.ToString(CultureInfo.InvariantCulture)), out _);
        }

        Assert.Equal(ModelRegistry.MaxAskedFor + 1, _cache.GetMetrics().Models.Count);
        for (var i = 0; i < 1_000; i++)
        {
            var key = Signatures.Key(i, "kept-" + i.ToString(CultureInfo.InvariantCulture));
            _cache.Put(key, Signatures.Thought(i));
            Assert.True(_cache.TryGet(key, out _));
        }

        var metrics = _cache.GetMetrics();
        Assert.Equal(ModelRegistry.MaxModels + 1, metrics.Models.Count);
        Assert.Equal(1_000 - ModelRegistry.MaxAskedFor, Assert.Single(metrics.Models, model => model.Model == ModelMetrics.Other).Misses);
        Assert.Equal((1_000L, 1_000L), (metrics.Models.Sum(model => model.Hits), metrics.Models.Sum(model => model.Misses)));
    }

    [Fact]
    public void A_model_that_is_called_other_is_one_of_them()
    {
        _cache.TryGet(Signatures.Key(1, ModelMetrics.Other), out _);

        Assert.Equal([new(ModelMetrics.Other, 0, 1, 0)], _cache.GetMetrics().Models);
    }

    [Fact]
    public void Counts_of_many_threads_are_exact()
    {
        const int Threads = 4;
        const int Rounds = 20_000;
        _cache.Put(Signatures.Key(1, "a"), Signatures.Thought(1));
        _cache.Put(Signatures.Key(1, "b"), Signatures.Thought(1));
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                _cache.TryGet(Signatures.Key(1, "a"), out var _);
                _cache.Lookup(Signatures.Key(1, "b").With());
                _cache.TryGet(Signatures.Key(2, "b"), out var _);
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        const long Each = Threads * Rounds;
        Assert.Equal([new("b", Each, Each, 0), new("a", Each, 0, 0)], _cache.GetMetrics().Models);
    }

    [Fact]
    public void The_last_corruptions_are_told_newest_first()
    {
        for (var i = 0; i < 40; i++)
        {
            _cache.Put(Signatures.Key(1, "model-" + i.ToString(CultureInfo.InvariantCulture)), "no signature");
        }

        var recent = _cache.GetMetrics().RecentCorruptions;
        Assert.Equal(Enumerable.Range(8, 32).Reverse().Select(i => $"model-{i}"), recent.Select(corruption => corruption.Model));
        Assert.All(recent, corruption => Assert.Equal(CorruptionReason.MalformedPut, corruption.Reason));
    }
}
