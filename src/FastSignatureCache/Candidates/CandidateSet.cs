namespace FastSignatureCache.Candidates;

/// <summary>Several signatures kept under one key, newest first. Immutable.</summary>
/// <param name="entries">At least one entry, newest first.</param>
/// <param name="truncated">Whether a live candidate was dropped for want of room.</param>
internal sealed class CandidateSet(CachedSignature[] entries, bool truncated)
{
    /// <summary>
    /// The most candidates under one key. When more come, the oldest is dropped. Look-alike conversations that are all alive are few; the
    /// bound is there against a client that repeats one call for ever.
    /// </summary>
    public const int MaxCandidates = 16;

    public CachedSignature[] Entries { get; } = entries;

    /// <summary>
    /// Whether a candidate is missing that could have been the right one. Then "the only one that fits" proves nothing any more, unless
    /// the whole history agrees.
    /// </summary>
    public bool Truncated { get; } = truncated;
}
