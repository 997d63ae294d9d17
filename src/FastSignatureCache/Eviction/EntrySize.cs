using FastSignatureCache.Candidates;

namespace FastSignatureCache.Eviction;

/// <summary>
/// Estimates what an entry takes in memory on a 64-bit runtime: objects with their headers, strings at two bytes a character, signatures packed.
/// </summary>
/// <remarks>
/// Strings that entries share, a model's name most of all, are charged to each of them in full: the cache cannot know who else holds a
/// string. So the estimate is rather too high than too low.
/// </remarks>
internal static class EntrySize
{
    /// <summary>Its buckets in the table (48 to 96) and its place in the order of use (24 to 48): the middle of what both may take.</summary>
    private const int OfPlace = 96;

    /// <summary>The entry's object: header, key, context, times, counters and recency.</summary>
    private const int OfEntryObject = 136;

    /// <summary>A candidate's place in the array of a set.</summary>
    private const int OfReference = 8;

    /// <summary>A set of candidates and its array, empty.</summary>
    private const int OfSet = 64;

    /// <summary>
    /// The most that an entry takes when it is all there is under its key: as the last of a set whose others were dropped.
    /// </summary>
    public static long OfWorstCase(in SignatureKey key, int signatureLength) =>
        OfPlace + OfSet + OfReference + OfEntry(key, 1 + signatureLength);

    private static long OfEntry(in SignatureKey key, int packedLength) =>
        OfEntryObject
        + OfString(key.ConversationId.Length)
        + OfString(key.ModelId.Length)
        + OfString(key.PartId.Length)
        + OfArray(packedLength);

    /// <summary>What all that is kept under one key takes, its place in the table and the order included.</summary>
    public static long OfState(object state)
    {
        if (state is CachedSignature single)
        {
            return OfPlace + OfEntry(single.KeyReference, single.Packed.Bytes.Length);
        }

        long total = OfPlace + OfSet;
        foreach (var entry in ((CandidateSet)state).Entries)
        {
            total += OfReference + OfEntry(entry.KeyReference, entry.Packed.Bytes.Length);
        }

        return total;
    }

    // Header, method table and length take 24 bytes; objects are multiples of 8.
    private static long OfArray(int length) => (24 + (long)length + 7) & ~7L;

    // Header, method table, length and terminator take 22 bytes; objects are multiples of 8. The empty string is shared by all.
    private static long OfString(int length) => length == 0 ? 0 : (22 + (2L * length) + 7) & ~7L;
}
