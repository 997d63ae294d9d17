using FastSignatureCache.Candidates;
using FastSignatureCache.Eviction;
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
    private readonly int _capacity;
    private readonly long _maxBytes;
    private readonly int _maxSignatureLength;
    private readonly long _timeToLiveTicks;
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
            && IsFormatAccepted(_format.Accepts(utf8Signature), utf8Signature.Length)
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

        if (!IsFormatAccepted(_format.Accepts(signature), signature.Length))
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
    public bool Remove(in SignatureKey key) => RemoveLive(key);

    /// <inheritdoc/>
    public bool ReportCorrupted(in SignatureKey key)
    {
        var removed = RemoveLive(key);
        if (removed)
        {
            _counters.ReportedCorruptions.Increment();
        }

        return removed;
    }

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_writes)
        {
            Empty();
            _journal?.OnCleared();
        }
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

        _cleanupTimer?.Dispose();
        _clock.Dispose();
    }

    private void Empty()
    {
        _table.Clear();
        _order.Clear();
        _occupancy.Clear();
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
        return IsSizeAccepted(key, signature.Length) && IsFormatAccepted(_format.Accepts(signature), signature.Length);
    }

    private bool IsSizeAccepted(in SignatureKey key, int length)
    {
        var accepted = length <= _maxSignatureLength && EntrySize.OfWorstCase(key, length) <= _maxBytes;
        if (!accepted)
        {
            _counters.RefusedSizes.Increment();
            LogRefusedSize(_logger, length);
        }

        return accepted;
    }

    private bool IsFormatAccepted(bool accepted, int length)
    {
        if (!accepted)
        {
            _counters.RefusedFormats.Increment();
            LogRefusedFormat(_logger, _format, length);
        }

        return accepted;
    }

    private bool Keep(in SignatureKey key, in SignatureContext context, PackedSignature signature, bool isCandidate)
    {
        var now = _clock.NowTicks;
        var entry = new CachedSignature(key, context, signature, now, now + _timeToLiveTicks);
        lock (_writes)
        {
            if (_disposed)
            {
                return false;
            }

            Insert(entry, isCandidate, now);
            _journal?.OnPut(entry, isReplacement: !isCandidate);
            return true;
        }
    }

    private void Insert(CachedSignature entry, bool isCandidate, long now)
    {
        if (_table.Find(entry.KeyReference.Hash) is { } state)
        {
            if (KeyState.Newest(state).KeyReference.HasSameParts(entry.KeyReference))
            {
                var live = LiveOf(state, now);
                var replacement = isCandidate && live is not null ? KeyState.With(live, entry, _maxBytes) : entry;
                Replace(state, replacement, now);
                _order.Use(replacement);
                return;
            }

            // Another key with the same hash: there is room for one.
            Evict(state, now);
        }

        Add(entry, now);
    }

    private void Add(CachedSignature entry, long now)
    {
        while (_order.Count >= _capacity)
        {
            Evict(_order.LeastUsed(), now);
        }

        var bytes = EntrySize.OfState(entry);
        MakeRoom(bytes, now);

        // All that can run out of memory comes first: half of an addition would be worse than none.
        _order.Reserve();
        _table.Reserve();
        _order.Add(entry);
        _table.Add(entry);
        _occupancy.Add(bytes);
    }

    // What has not expired of a state that is about to be replaced.
    private object? LiveOf(object state, long now)
    {
        var live = KeyState.WithoutExpired(state, now);
        if (live is null)
        {
            _counters.Expirations.Increment();
        }

        return live;
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
            Evict(_order.LeastUsed(), now);
        }
    }

    private void Evict(object victim, long now)
    {
        Forget(victim);
        _journal?.OnEvicted(KeyState.Newest(victim).KeyReference);
        (KeyState.WithoutExpired(victim, now) is null ? _counters.Expirations : _counters.Evictions).Increment();
    }

    private bool RemoveLive(in SignatureKey key)
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
                return false;
            }

            Forget(state);
            var wasLive = KeyState.WithoutExpired(state, now) is not null;
            if (!wasLive)
            {
                _counters.Expirations.Increment();
            }

            return wasLive;
        }
    }

    private object? StateOf(in SignatureKey key) =>
        _table.Find(key.Hash) is { } state && KeyState.Newest(state).KeyReference.HasSameParts(key) ? state : null;

    private void Forget(object state)
    {
        _order.Remove(state);
        _table.Remove(KeyState.HashOf(state));
        _occupancy.Remove(EntrySize.OfState(state));
    }
}
