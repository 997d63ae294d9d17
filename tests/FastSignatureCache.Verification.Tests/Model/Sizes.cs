using FastSignatureCache.Eviction;

namespace FastSignatureCache.Verification.Model;

/// <summary>
/// What the cache charges for entries, measured on caches that hold nothing else: the model knows that charges add up, not what they are.
/// </summary>
internal static class Sizes
{
    private static readonly Dictionary<(int Key, int Signature), long> Measured = [];
    private static readonly long Second = OfSet(2) - (2 * Alone(0, 0));
    private static readonly long Further = OfSet(3) - (3 * Alone(0, 0)) - Second;

    public static long Of(ModelSlot slot)
    {
        var sum = slot.Candidates.Sum(c => Alone(slot.Key, c.Signature));
        return slot.Candidates.Count > 1 || slot.Truncated ? sum + Second + ((slot.Candidates.Count - 2) * Further) : sum;
    }

    /// <summary>The most that the signature may take when it is all there is under the key: before it is packed, nobody knows.</summary>
    public static long OfWorstCase(int key, int signature) => EntrySize.OfWorstCase(Names.Key(key), Names.Text(signature).Length);

    private static long Alone(int key, int signature)
    {
        if (!Measured.TryGetValue((key, signature), out var size))
        {
            using var cache = new SignatureCache();
            cache.Put(Names.Key(key), Names.Text(signature));
            Measured[(key, signature)] = size = cache.EstimatedBytes;
        }

        return size;
    }

    private static long OfSet(int count)
    {
        using var cache = new SignatureCache();
        for (var i = 0; i < count; i++)
        {
            cache.Put([new Context(i, i, i).Of(0)], Names.Text(0));
        }

        return cache.EstimatedBytes;
    }
}
