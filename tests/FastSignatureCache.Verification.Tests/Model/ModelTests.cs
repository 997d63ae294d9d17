using FastSignatureCache.Tests.Support;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Model;

public class ModelTests
{
    private const int TimeToLive = 100;

    private static readonly string[] Texts = [.. Enumerable.Range(0, 21).Select(i => Signatures.Thought(i))];

    [Property(Arbitrary = [typeof(Operations)], MaxTest = 1_000, EndSize = 100)]
    public void Cache_behaves_as_its_model(Operation[] program)
    {
        var time = new FakeTimeProvider();
        using var cache = new SignatureCache(Options(), time);
        var model = new ModelCache(TimeToLive);

        foreach (var operation in program)
        {
            Assert.Equal(Apply(model, operation), Apply(cache, time, operation));
            Assert.Equal(model.Count, cache.Count);
        }

        var metrics = cache.GetMetrics();
        Assert.Equal(
            (model.Hits, model.Misses, model.Expirations, model.Corruptions, 0),
            (metrics.Hits, metrics.Misses, metrics.Expirations, metrics.Corruptions, metrics.Evictions));
        cache.AssertIntact();
    }

    [Property(Arbitrary = [typeof(Operations)], MaxTest = 1_000, EndSize = 100)]
    public void Bounded_cache_never_answers_anything_but_what_its_model_might(Operation[] program)
    {
        var time = new FakeTimeProvider();
        using var cache = new SignatureCache(Options(capacity: 2, maxBytes: 2_000), time);
        var model = new ModelCache(TimeToLive);

        foreach (var operation in program)
        {
            // An eviction may turn any answer into a miss, and truncation a hit into an ambiguity; but a plain hit is the newest.
            var expected = Apply(model, operation);
            var actual = Apply(cache, time, operation);
            if (operation is Operation.Find && actual is (SignatureLookupStatus.Hit, _))
            {
                Assert.Equal(expected, actual);
            }

            cache.AssertIntact(capacity: 2, maxBytes: 2_000);
        }
    }

    private static SignatureCacheOptions Options(int capacity = 1_000, long maxBytes = 1_000_000) => new()
    {
        Capacity = capacity,
        MaxBytes = maxBytes,
        TimeToLive = TimeSpan.FromSeconds(TimeToLive),
        CleanupInterval = Timeout.InfiniteTimeSpan,
    };

    private static object? Apply(ModelCache model, Operation operation)
    {
        switch (operation)
        {
            case Operation.Put put:
                model.Put(put.Key, put.Signature);
                return true;
            case Operation.PutCandidate put:
                model.PutCandidate(put.Key, put.Signature, put.Context);
                return true;
            case Operation.Find find:
                return model.Get(find.Key);
            case Operation.Choose choose:
                return model.Choose([choose.Key, choose.OtherKey], choose.Context);
            case Operation.Remove remove:
                return model.Remove(remove.Key);
            case Operation.Report report:
                return model.Report(report.Key);
            case Operation.RemoveExpired:
                return model.RemoveExpired();
            case Operation.Advance advance:
                model.Now += advance.Seconds;
                return null;
            default:
                model.Clear();
                return null;
        }
    }

    private static object? Apply(SignatureCache cache, FakeTimeProvider time, Operation operation)
    {
        switch (operation)
        {
            case Operation.Put put:
                return cache.Put(Signatures.Key(put.Key), Texts[put.Signature]);
            case Operation.PutCandidate put:
                return cache.Put(Contextual(put.Key, put.Context), Texts[put.Signature]);
            case Operation.Find find:
                return Numbered(cache.Lookup(Signatures.Key(find.Key)));
            case Operation.Choose choose:
                return Numbered(cache.Lookup(
                [
                    Contextual(choose.Key, choose.Context),
                    Contextual(choose.OtherKey, choose.Context),
                ]));
            case Operation.Remove remove:
                return cache.Remove(Signatures.Key(remove.Key));
            case Operation.Report report:
                return cache.ReportCorrupted(Signatures.Key(report.Key));
            case Operation.RemoveExpired:
                return cache.RemoveExpired();
            case Operation.Advance advance:
                time.Advance(TimeSpan.FromSeconds(advance.Seconds));
                return null;
            default:
                cache.Clear();
                return null;
        }
    }

    private static ContextualKey Contextual(int key, (int History, int Turn, int Occurrence) context) =>
        Signatures.Key(key).With((ulong)context.History, (ulong)context.Turn, context.Occurrence);

    private static (SignatureLookupStatus Status, int? Signature) Numbered(SignatureLookup lookup) =>
        (lookup.Status, lookup.IsHit ? Array.IndexOf(Texts, lookup.Entry.Signature) : null);
}
