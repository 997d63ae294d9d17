using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;
using FastSignatureCache.Metrics;
using FastSignatureCache.Packing;
using FastSignatureCache.Stores;

namespace FastSignatureCache;

// Everything that changes what is kept. Writers take turns: a put is a few hundred nanoseconds and rare beside look-ups, and with one
// lock the count, the byte total, the order of use and the candidates are exact at every moment instead of nearly so.
public sealed partial class SignatureCache
{
    private readonly Lock _writes = new();
    private readonly SegmentedLru _order;
    private readonly Occupancy _occupancy = new();
    private readonly GhostList _ghosts;
    private readonly int _capacity;
    private readonly long _maxBytes;
    private readonly int _maxSignatureLength;
    private readonly SignatureFormat _format;
    private readonly ICacheJournal? _journal;

    private bool _disposed;

    /// <inheritdoc/>
    public bool Put(in SignatureKey key, string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return IsAccepted(key, signature) && Keep(key, default, PackedSignature.Pack(signature), isCandidate: false);
    }

    /// <inheritdoc/>
    public bool Put(in SignatureKey key, ReadOnlySpan<char> signature) =>
        IsAccepted(key, signature) && Keep(key, default, PackedSignature.Pack(signature), isCandidate: false);

    /// <inheritdoc/>
    public bool Put(in SignatureKey key, ReadOnlySpan<byte> utf8Signature)
    {
        ThrowIfDefault(key);
        return IsSizeAccepted(key, utf8Signature.Length)
            && IsFormatAccepted(key, _format.Accepts(utf8Signature), utf8Signature.Length)
            && Keep(key, default, PackedSignature.Pack(utf8Signature), isCandidate: false);
    }

    /// <inheritdoc/>
    public bool Put(ReadOnlySpan<ContextualKey> keys, string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (keys.IsEmpty)
        {
            return false;
        }

        foreach (ref readonly var key in keys)
        {
            ThrowIfDefault(key.Key);
            if (!IsSizeAccepted(key.Key, signature.Length))
            {
                return false;
            }
        }

        if (!IsFormatAccepted(keys[0].Key, _format.Accepts(signature), signature.Length))
        {
            return false;
        }

        var packed = PackedSignature.Pack(signature);
        var isKept = true;
        foreach (ref readonly var key in keys)
        {
            isKept &= Keep(key.Key, key.Context, packed, isCandidate: true);
        }

        return isKept;
    }

    /// <inheritdoc/>
    public bool Remove(in SignatureKey key) => RemoveLive(key, RemovalReason.Removed);

    /// <inheritdoc/>
    public bool ReportCorrupted(in SignatureKey key) => ReportCorrupted([key], CorruptionReason.Reported);

    /// <inheritdoc/>
    public bool ReportCorrupted(ReadOnlySpan<SignatureKey> keys, CorruptionReason reason)
    {
        if (reason == CorruptionReason.MalformedPut || !Enum.IsDefined(reason))
        {
            throw new ArgumentOutOfRangeException(nameof(reason), reason, "The reason must be one of a report.");
        }

        var isRemoved = false;
        foreach (ref readonly var key in keys)
        {
            isRemoved |= RemoveLive(key, RemovalReason.Corrupted);
        }

        if (isRemoved)
        {
            _counters.CountCorruption(keys[0].ModelId, reason);
        }

        return isRemoved;
    }

    /// <inheritdoc/>
    public void Clear()
    {
        IEnumerable<object> cleared;
        lock (_writes)
        {
            cleared = Empty();
            _journal?.OnCleared();
        }

        CountCleared(cleared, _clock.NowTicks);
    }

    /// <inheritdoc/>
    /// <remarks>Nothing is kept elsewhere: completes at once.</remarks>
    public ValueTask PrefetchAsync(string conversationId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(conversationId);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Nothing is kept elsewhere: completes at once.</remarks>
    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>Ends the timers and empties the cache. From then on look-ups miss and puts are refused; nothing throws.</summary>
    public void Dispose()
    {
        lock (_writes)
        {
            // What is kept elsewhere stays there.
            _disposed = true;
            Empty();
        }

        _refreshes?.Dispose();
        _cleanupTimer?.Dispose();
        _clock.Dispose();
    }

    private IEnumerable<object> Empty()
    {
        _order.Clear();
        _occupancy.Clear();
        _ghosts.Clear();
        return _table.Clear();
    }

    // Not under the write lock: it is a walk through everything that was kept.
    private void CountCleared(IEnumerable<object> cleared, long now)
    {
        foreach (var state in cleared)
        {
            _counters.Removals.Record(RemovalReason.Cleared, state, now);
        }
    }

    private static void ThrowIfDefault(in SignatureKey key)
    {
        if (key.IsDefault)
        {
            throw new ArgumentException("The key must be made by its constructor.", nameof(key));
        }
    }

    private bool IsAccepted(in SignatureKey key, ReadOnlySpan<char> signature)
    {
        ThrowIfDefault(key);
        return IsSizeAccepted(key, signature.Length) && IsFormatAccepted(key, _format.Accepts(signature), signature.Length);
    }

    private bool IsSizeAccepted(in SignatureKey key, int length)
    {
        var accepted = length <= _maxSignatureLength && EntrySize.OfWorstCase(key, length) <= _maxBytes;
        if (!accepted)
        {
            _counters.CountRefusedSize();
            LogRefusedSize(_logger, length);
        }

        return accepted;
    }

    private bool IsFormatAccepted(in SignatureKey key, bool accepted, int length)
    {
        if (!accepted)
        {
            _counters.CountCorruption(key.ModelId, CorruptionReason.MalformedPut);
            LogRefusedFormat(_logger, _format, length);
        }

        return accepted;
    }

    private bool Keep(in SignatureKey key, in SignatureContext context, PackedSignature signature, bool isCandidate)
    {
        var now = _clock.NowTicks;
        var entry = Create(key, context, signature, now, now + _policy.First);
        lock (_writes)
        {
            if (_disposed)
            {
                return false;
            }

            Insert(entry, isCandidate, now);
            _counters.CountPut();
            _journal?.OnPut(entry, isReplacement: !isCandidate);
            return true;
        }
    }

    private CachedSignature Create(in SignatureKey key, in SignatureContext context, PackedSignature signature, long created, long expires) =>
        new(key, context, signature, _counters.Models.Of(key.ModelId, isKept: true).Cells, created, expires, _policy.DueOf(created, expires));

    private void Insert(CachedSignature entry, bool isCandidate, long now)
    {
        if (_table.Find(entry.KeyReference.Hash) is { } state)
        {
            if (KeyState.Newest(state).KeyReference.HasSameParts(entry.KeyReference))
            {
                var live = KeyState.WithoutExpired(state, now);
                GoOn(live, entry, isCandidate);
                var replacement = isCandidate && live is not null ? KeyState.With(live, entry, _maxBytes) : entry;
                CountReplaced(state, live, replacement, now);
                Replace(state, replacement, now);
                _order.Use(replacement);
                return;
            }

            // Another key with the same hash: there is room for one.
            Evict(state, RemovalReason.Capacity, now);
        }

        Add(entry, now);
    }

    private void Add(CachedSignature entry, long now)
    {
        while (_order.Count >= _capacity)
        {
            Evict(_order.LeastUsed(), RemovalReason.Capacity, now);
        }

        var bytes = EntrySize.OfState(entry);
        MakeRoom(bytes, now);

        // All that can run out of memory comes first: half of an addition would be worse than none.
        _order.Reserve();
        _table.Reserve();
        _order.Add(entry);
        _table.Add(entry);
        _occupancy.Add(bytes);
        _ghosts.Remove(entry.KeyReference.Hash);
    }

    // What is put in the place of what has expired is a new key. A candidate replaces nothing, unless it is one too many.
    private void CountReplaced(object state, object? live, object replacement, long now)
    {
        if (live is null)
        {
            _counters.Removals.Record(RemovalReason.Expired, state, now);
        }
        else if (replacement is CachedSignature or CandidateSet { Truncated: true })
        {
            _counters.Removals.Record(RemovalReason.Replaced, live, now);
        }
    }

    private void Replace(object state, object replacement, long now)
    {
        var growth = EntrySize.OfState(replacement) - EntrySize.OfState(state);
        if (_occupancy.Bytes + growth > _maxBytes)
        {
            // Out of the order while room is made, so that it cannot be evicted for its own sake.
            _order.Remove(state);
            MakeRoom(growth, now);
            _order.Add(state);
        }

        Exchange(state, replacement, growth);
    }

    // In its place in the table and in the order of use: for readers one moment ends and the next begins.
    private void Exchange(object state, object replacement, long growth)
    {
        KeyState.RecencyOf(replacement) = KeyState.RecencyOf(state);
        _table.Replace(replacement);
        _occupancy.Change(growth);
    }

    private void MakeRoom(long bytes, long now)
    {
        while (_occupancy.Bytes + bytes > _maxBytes)
        {
            Evict(_order.LeastUsed(), RemovalReason.Bytes, now);
        }
    }

    private void Evict(object victim, RemovalReason reason, long now)
    {
        var isExpired = KeyState.WithoutExpired(victim, now) is null;
        Forget(victim, isExpired ? RemovalReason.Expired : reason, now);
        _journal?.OnEvicted(KeyState.Newest(victim).KeyReference);
        if (!isExpired)
        {
            _ghosts.Add(KeyState.HashOf(victim));
        }
    }

    private bool RemoveLive(in SignatureKey key, RemovalReason reason)
    {
        var now = _clock.NowTicks;
        lock (_writes)
        {
            if (!key.IsDefault && !_disposed)
            {
                // Even if it isn't here: it may be elsewhere.
                _journal?.OnRemoved(key);
            }

            if (StateOf(key) is not { } state)
            {
                _ghosts.Remove(key.Hash);
                return false;
            }

            var wasLive = KeyState.WithoutExpired(state, now) is not null;
            Forget(state, wasLive ? reason : RemovalReason.Expired, now);
            return wasLive;
        }
    }

    private object? StateOf(in SignatureKey key) =>
        _table.Find(key.Hash) is { } state && KeyState.Newest(state).KeyReference.HasSameParts(key) ? state : null;

    private void Forget(object state, RemovalReason reason, long now)
    {
        _order.Remove(state);
        _table.Remove(KeyState.HashOf(state));
        _occupancy.Remove(EntrySize.OfState(state));
        _counters.Removals.Record(reason, state, now);
    }
}
