using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;
using FastSignatureCache.Expiration;
using FastSignatureCache.Metrics;
using FastSignatureCache.Renewal;
using FastSignatureCache.Stores;
using FastSignatureCache.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastSignatureCache;

/// <summary>
/// A bounded in-memory cache of signatures: lock-free reads, segmented LRU, time to live, a byte budget, strict formats.
/// </summary>
/// <remarks>
/// <para>
/// All members may be called by any number of threads at once. A look-up that hits takes no lock and allocates nothing; one that finds
/// an expired entry removes it, and for that takes the lock that writers share. Every operation on one key is atomic.
/// </para>
/// <para>
/// The table is keyed by the keys' 64-bit hashes. What it answers is compared in full, conversation, then model, then part, before anyone
/// sees it. Of two keys whose hashes collide, the one put last is kept, and the other counts as evicted.
/// </para>
/// <para>
/// <see cref="Dispose"/> ends the timers and empties the cache. After that look-ups miss and puts are refused; nothing throws, because a
/// host disposes its services while the last requests may still run. A cache that is not disposed of can be collected all the same.
/// </para>
/// </remarks>
public sealed partial class SignatureCache : ISignatureCache, IDisposable
{
    private readonly EntryTable _table = new();
    private readonly CoarseClock _clock;
    private readonly CacheCounters _counters;
    private readonly LookupCell[] _usualCells;
    private readonly ILogger _logger;

    /// <summary>Creates a cache.</summary>
    /// <param name="options">The settings, copied; null for the defaults.</param>
    /// <param name="timeProvider">The clock and the source of timers; null for <see cref="TimeProvider.System"/>.</param>
    /// <param name="logger">Where refusals and clean-ups are told, never with a signature or a key; null for nowhere.</param>
    /// <param name="refresher">Fetches fresh signatures for those in use that near their end. It is not disposed of. Null for nobody.</param>
    /// <exception cref="ArgumentException">One or several settings are out of range. The message names each.</exception>
    public SignatureCache(
        SignatureCacheOptions? options = null,
        TimeProvider? timeProvider = null,
        ILogger<SignatureCache>? logger = null,
        ISignatureRefresher? refresher = null)
        : this(
            options ?? new(),
            timeProvider ?? TimeProvider.System,
            logger,
            hasCoarseClock: timeProvider is null || timeProvider == TimeProvider.System,
            refresher: refresher)
    {
    }

    /// <summary>Lets tests run the coarse clock on a time of their own, and a store follow what changes.</summary>
    internal SignatureCache(
        SignatureCacheOptions options,
        TimeProvider timeProvider,
        ILogger? logger,
        bool hasCoarseClock,
        ICacheJournal? journal = null,
        ISignatureRefresher? refresher = null)
    {
        _journal = journal;
        SignatureCacheOptionsValidator.ThrowIfInvalid(options, nameof(options));
        _capacity = options.Capacity;
        _maxBytes = options.MaxBytes;
        _maxSignatureLength = options.MaxSignatureLength;
        _format = options.Format;
        _logger = logger ?? NullLogger.Instance;
        _order = new SegmentedLru(_table, _capacity);
        _ghosts = new GhostList(_capacity);
        _counters = new CacheCounters(timeProvider);
        _usualCells = _counters.Models.FirstKept;
        _policy = LifePolicy.Of(options, isRefreshed: refresher is not null);
        _isAdaptive = LifePolicy.IsAdaptive(options);
        _renewed = journal is null ? null : new RenewedEntries(TellOfRenewed);
        _refreshes = refresher is null
            ? null
            : new RefreshQueue(
                refresher, options.MaxConcurrentRefreshes, options.MaxQueuedRefreshes, TryTakeIn, OnRefreshFailed, _counters.CountRefresh);
        _clock = new CoarseClock(timeProvider, hasCoarseClock);
        _cleanupTimer = options.CleanupInterval == Timeout.InfiniteTimeSpan
            ? null
            : new WeakTimer<SignatureCache>(this, static cache => cache.CleanUp(), timeProvider, options.CleanupInterval);
    }

    /// <inheritdoc/>
    public int Count => _occupancy.Keys;

    /// <inheritdoc/>
    /// <remarks>
    /// Objects with their headers as a 64-bit runtime lays them out, the table's share, and all strings in full, also those that other
    /// entries or the caller hold anyway.
    /// </remarks>
    public long EstimatedBytes => _occupancy.Bytes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(in SignatureKey key, [NotNullWhen(true)] out CachedSignature? entry)
    {
        // Only this assignment is compiled into the caller, who knows that it goes to its stack: no write barrier.
        entry = Lookup(key).Entry;
        return entry is not null;
    }

    /// <inheritdoc/>
    public SignatureLookup Lookup(in SignatureKey key) =>
        LookupSampling.Chooses(key.Hash) ? LookupTimed(key)
        : FindOnly(key) is { } entry ? new(SignatureLookupStatus.Hit, entry)
        : LookupSlowly(key);

    /// <inheritdoc/>
    public SignatureLookup Lookup(ReadOnlySpan<ContextualKey> alternatives)
    {
        if (alternatives.IsEmpty || !LookupSampling.Chooses(alternatives[0].Key.Hash))
        {
            return Choose(alternatives);
        }

        var begin = _counters.LookupTimes.Begin();
        var found = Choose(alternatives);
        _counters.LookupTimes.End(begin);
        return found;
    }

    /// <inheritdoc/>
    public SignatureCacheMetrics GetMetrics() => _counters.Snapshot() with
    {
        Entries = Count,
        Capacity = _capacity,
        EstimatedBytes = EstimatedBytes,
        MaxBytes = _maxBytes,
    };

    /// <inheritdoc/>
    public void ResetMetrics() => _counters.Reset();

    // The path that nearly all look-ups take, short enough to be compiled into each caller. Null: it is for the slow path to say why.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CachedSignature? FindOnly(in SignatureKey key)
    {
        if (_table.Glance(key.Hash) is not CachedSignature only
            || !only.KeyReference.HasSameParts(key)
            || _clock.HasPassed(only.DueTicks))
        {
            return null;
        }

        only.Recency.MarkUsed();
        only.CountRequest(CountLookup(only.LookupCells, SignatureLookupStatus.Hit));
        return only;
    }

    // Two branches for one thing: where its own field points the processor can go before it has the entry, and that is 3 ns of a hit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long CountLookup(LookupCell[] cells, SignatureLookupStatus status) =>
        ReferenceEquals(cells, _usualCells) ? LookupCell.Count(_usualCells, status) : CountUnusual(cells, status);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long CountUnusual(LookupCell[] cells, SignatureLookupStatus status) => LookupCell.Count(cells, status);

    // Never compiled into the quick path, which would have no room left for its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private SignatureLookup LookupTimed(in SignatureKey key)
    {
        var begin = _counters.LookupTimes.Begin();
        var found = FindOnly(key) is { } entry ? new(SignatureLookupStatus.Hit, entry) : LookupSlowly(key);
        _counters.LookupTimes.End(begin);
        return found;
    }

    private SignatureLookup Choose(ReadOnlySpan<ContextualKey> alternatives)
    {
        var best = SignatureLookupStatus.Miss;
        foreach (ref readonly var alternative in alternatives)
        {
            var key = alternative.Key;
            if (_table.Find(key.Hash) is not { } state)
            {
                continue;
            }

            var status = Compare(KeyState.Newest(state).KeyReference, key);
            var found = status == SignatureLookupStatus.Hit
                ? CandidateChoice.Choose(state, alternative.Context, _clock, isHistoryDecisive: best == SignatureLookupStatus.Ambiguous)
                : new SignatureLookup(status, null);
            if (found.IsHit)
            {
                RenewIfDue(found.Entry, alternatives);
                return Hit(found.Entry, state);
            }

            RemoveIfExpired(state, found.Status);
            best = MoreInformative(best, found.Status);
        }

        var wasEvicted = false;
        foreach (ref readonly var alternative in alternatives)
        {
            wasEvicted |= _ghosts.TryTake(alternative.Key.Hash);
        }

        return Miss(alternatives.IsEmpty ? "" : alternatives[0].Key.ModelId, best, wasEvicted);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SignatureLookup LookupSlowly(in SignatureKey key)
    {
        if (_table.Find(key.Hash) is not { } state)
        {
            return Miss(key.ModelId, SignatureLookupStatus.Miss, _ghosts.TryTake(key.Hash));
        }

        var status = Compare(KeyState.Newest(state).KeyReference, key);
        if (status == SignatureLookupStatus.Hit)
        {
            if (KeyState.NewestLive(state, _clock) is { } live)
            {
                RenewIfDue(live, []);
                return Hit(live, state);
            }

            status = SignatureLookupStatus.Expired;
            RemoveIfExpired(state, status);
        }

        return Miss(key.ModelId, status, _ghosts.TryTake(key.Hash));
    }

    // Only the hash is known to agree so far: conversation, model and part are compared in full.
    private static SignatureLookupStatus Compare(in SignatureKey kept, in SignatureKey asked) =>
        kept.ConversationId != asked.ConversationId ? SignatureLookupStatus.ConversationMismatch
        : kept.ModelId != asked.ModelId ? SignatureLookupStatus.ModelMismatch
        : kept.PartId != asked.PartId ? SignatureLookupStatus.Miss
        : SignatureLookupStatus.Hit;

    // The more certain it is that something was kept for this very part, the more a reason says.
    private static SignatureLookupStatus MoreInformative(SignatureLookupStatus left, SignatureLookupStatus right)
    {
        return Rank(left) >= Rank(right) ? left : right;

        static int Rank(SignatureLookupStatus status) => status switch
        {
            SignatureLookupStatus.Ambiguous => 5,
            SignatureLookupStatus.Malformed => 4,
            SignatureLookupStatus.Expired => 3,
            SignatureLookupStatus.ModelMismatch => 2,
            SignatureLookupStatus.ConversationMismatch => 1,
            _ => 0,
        };
    }

    private SignatureLookup Hit(CachedSignature entry, object state)
    {
        KeyState.RecencyOf(state).MarkUsed();
        entry.CountRequest(CountLookup(entry.LookupCells, SignatureLookupStatus.Hit));
        return new(SignatureLookupStatus.Hit, entry);
    }

    private SignatureLookup Miss(string model, SignatureLookupStatus status, bool wasEvicted)
    {
        CountLookup(_counters.Models.Of(model, isKept: false).Cells, status);
        if (wasEvicted)
        {
            _counters.CountEvictedThenMissed();
        }

        return new(status, null);
    }
}
