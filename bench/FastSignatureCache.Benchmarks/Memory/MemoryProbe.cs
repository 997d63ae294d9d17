using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Memory;

/// <summary>Fills caches and asks the GC what they take.</summary>
/// <remarks>
/// Everything that an entry keeps alive counts: its strings, entry, nodes, tables, queues, and its share of what the cache itself takes.
/// The conversation's string and the signature are the entry's own; the model's string is shared by all.
/// </remarks>
internal static class MemoryProbe
{
    // What the runtime allocates by the way is some kilobytes. Beside a million characters it disappears.
    private const int MinEntriesInAll = 50_000;

    public static MemoryFigures Measure<TContender>(int entries, int signatureLength)
        where TContender : struct, IContender<TContender>
    {
        // The runtime compiles and loads, and static fields come to life, before anything is measured.
        Fill<TContender>(new Corpus(seed: 2), 1_000, signatureLength).Dispose();

        var caches = new TContender[Math.Max(1, MinEntriesInAll / entries)];
        var corpus = new Corpus(seed: 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (ref var cache in caches.AsSpan())
        {
            cache = Fill<TContender>(corpus, entries, signatureLength);
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        var kept = caches.Sum(static cache => (double)cache.Count);
        var estimated = caches is SignatureCacheContender[] own ? own.Sum(static cache => cache.EstimatedBytes) / kept : (double?)null;
        foreach (ref var cache in caches.AsSpan())
        {
            cache.Dispose();
        }

        return new MemoryFigures(entries, (after - before) / kept, estimated);
    }

    private static TContender Fill<TContender>(Corpus corpus, int entries, int signatureLength)
        where TContender : struct, IContender<TContender>
    {
        var cache = TContender.Create(new ContenderSettings(entries));
        for (var i = 0; i < entries; i++)
        {
            cache.Put(corpus.NextKey(), corpus.NextSignature(signatureLength));
        }

        return cache;
    }
}
