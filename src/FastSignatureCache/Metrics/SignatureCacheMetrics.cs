namespace FastSignatureCache;

/// <summary>A snapshot of a cache's counters since it was created or last reset.</summary>
public sealed record SignatureCacheMetrics
{
    /// <summary>Look-ups that found a live entry.</summary>
    public long Hits { get; init; }

    /// <summary>Look-ups that didn't, for whatever reason.</summary>
    public long Misses { get; init; }

    /// <summary>Keys removed to make room.</summary>
    public long Evictions { get; init; }

    /// <summary>Keys removed because their time to live had passed.</summary>
    public long Expirations { get; init; }

    /// <summary>Entries reported as corrupted, and puts refused for their format.</summary>
    public long Corruptions { get; init; }

    /// <summary>Puts refused because the value is not a well-formed signature. They are part of <see cref="Corruptions"/>.</summary>
    public long RefusedFormats { get; init; }

    /// <summary>Puts refused because the value is longer than the longest allowed, or an entry of its own larger than the byte budget.</summary>
    public long RefusedSizes { get; init; }

    /// <summary>How often a store was asked for a conversation. 0 where there is no store, as all that begins with <c>Store</c>.</summary>
    public long StoreLoads { get; init; }

    /// <summary>Operations of the store that failed or took too long.</summary>
    public long StoreFailures { get; init; }

    /// <summary>Signatures from the store that were not taken: damaged, malformed, too large, expired, of another conversation.</summary>
    public long StoreRefusals { get; init; }

    /// <summary>Changes that never reached the store: dropped from a full queue, or left over when the cache was disposed of.</summary>
    public long StoreDrops { get; init; }

    /// <summary>Whether the store is in trouble at this moment: prefetches or commits don't wait for it.</summary>
    public bool IsStoreDegraded { get; init; }

    /// <summary>When the counters began: the creation of the cache, or their last reset.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The keys kept.</summary>
    public int Entries { get; init; }

    /// <summary>The most keys that may be kept.</summary>
    public int Capacity { get; init; }

    /// <summary>The estimated memory that all entries take, in bytes.</summary>
    public long EstimatedBytes { get; init; }

    /// <summary>The most memory that they may take, in bytes.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Signatures that were taken in, renewed ones included; one that is put under several keys counts for each.</summary>
    public long Puts { get; init; }

    /// <summary>Misses of keys that had been evicted not long ago: with many of them the capacity, or the budget of bytes, is too small. Each eviction counts once at most.</summary>
    public long EvictedThenMissed { get; init; }

    /// <summary>
    /// Lives that began anew because a look-up found their entry in its second half; one signature counts for each of its names. 0 where the time
    /// to live is fixed.
    /// </summary>
    public long Renewals { get; init; }

    /// <summary>Signatures that a refresher's took the place of, each counted once. 0 where there is no refresher, as <see cref="RefreshFailures"/>.</summary>
    public long Refreshes { get; init; }

    /// <summary>Calls of the refresher that threw, returned null, or returned what is malformed or too large.</summary>
    public long RefreshFailures { get; init; }

    /// <summary>The misses by their reason. Every reason is there, with 0 if need be.</summary>
    public IReadOnlyDictionary<SignatureLookupStatus, long> MissesByReason { get; init; } = new Dictionary<SignatureLookupStatus, long>();

    /// <summary>Hits, misses and corruptions by model, most look-ups first. Bounded in number: the rest is <see cref="ModelMetrics.Other"/>.</summary>
    public IReadOnlyList<ModelMetrics> Models { get; init; } = [];

    /// <summary>What left the cache, one element for each reason.</summary>
    public IReadOnlyList<RemovalMetrics> Removals { get; init; } = [];

    /// <summary>The corruptions by how they were noticed. Every reason is there, with 0 if need be.</summary>
    public IReadOnlyDictionary<CorruptionReason, long> CorruptionsByReason { get; init; } = new Dictionary<CorruptionReason, long>();

    /// <summary>The last corruptions, newest first: 32 at most.</summary>
    public IReadOnlyList<CorruptionEvent> RecentCorruptions { get; init; } = [];

    /// <summary>How long look-ups take, in nanoseconds, by a sample of one in 512. Reading the clock is part of it: some 20 ns.</summary>
    public DistributionMetrics LookupNanoseconds { get; init; } = DistributionMetrics.None;

    /// <summary>All look-ups: hits and misses.</summary>
    public long Lookups => Hits + Misses;

    /// <summary>Hits in percent of look-ups: 0 to 100, and 0 when there were none.</summary>
    public double HitRate => Percentage(Hits);

    /// <summary>Corruptions in percent of look-ups: 0 when there were none; over 100 when puts were refused more often than values asked for.</summary>
    public double CorruptionRate => Percentage(Corruptions);

    private double Percentage(long count) => Lookups == 0 ? 0 : 100.0 * count / Lookups;
}
