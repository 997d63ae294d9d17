using FastSignatureCache.Eviction;

namespace FastSignatureCache.Candidates;

/// <summary>Several signatures kept under one key, newest first. Immutable but for its <see cref="Recency"/>.</summary>
/// <param name="entries">At least one entry, newest first.</param>
/// <param name="truncated">Whether there were too many.</param>
internal sealed class CandidateSet(CachedSignature[] entries, bool truncated)
{
    private Recency _recency;

    /// <summary>
    /// The most candidates under one key. Look-alike conversations that are all alive are few; the bound is there against a client that
    /// repeats one call for ever.
    /// </summary>
    public const int MaxCandidates = 16;

    public ref Recency Recency => ref _recency;

    public CachedSignature[] Entries { get; } = entries;

    /// <summary>
    /// Whether there were more than could be kept. Then only the newest is, for whoever asks without a context: with one, what fits
    /// could be what is left of several that did, so nothing is certain any more.
    /// </summary>
    public bool Truncated { get; } = truncated;
}
