namespace FastSignatureCache.Tests.Model;

/// <summary>What a cache without bounds should do, said in the simplest way: lists, no sharing, no cleverness.</summary>
internal sealed class ModelCache(int timeToLive)
{
    private readonly Dictionary<int, Kept> _slots = [];

    public int Now { get; set; }

    public int Count => _slots.Count;

    public long Hits { get; private set; }

    public long Misses { get; private set; }

    public long Expirations { get; private set; }

    public long Corruptions { get; private set; }

    public void Put(int key, int signature)
    {
        ExpireIfDead(key);
        _slots[key] = new Kept { Candidates = [new(signature, default, Now + timeToLive)] };
    }

    public void PutCandidate(int key, int signature, (int History, int Turn, int Occurrence) context)
    {
        ExpireIfDead(key);
        var slot = _slots.TryGetValue(key, out var kept) ? kept : _slots[key] = new Kept();
        slot.Candidates.RemoveAll(c => c.ExpiresAt <= Now || (c.Signature == signature && c.Context == context));
        slot.Candidates.Insert(0, new(signature, context, Now + timeToLive));
        if (slot.Candidates.Count > 16)
        {
            slot.Candidates.RemoveAt(16);
            slot.Truncated = true;
        }
    }

    public (SignatureLookupStatus Status, int? Signature) Get(int key) => Settle(Find(key, live => (SignatureLookupStatus.Hit, live[0].Signature)));

    public (SignatureLookupStatus Status, int? Signature) Choose(int[] keys, (int History, int Turn, int Occurrence) context)
    {
        var best = (Status: SignatureLookupStatus.Miss, Signature: (int?)null);
        foreach (var key in keys)
        {
            var truncated = _slots.TryGetValue(key, out var slot) && slot.Truncated;
            var found = Find(key, live => Decide(live, truncated, context));
            if (found.Status == SignatureLookupStatus.Hit)
            {
                return Settle(found);
            }

            // The order of how much they say: nothing, expired, ambiguous.
            if (found.Status == SignatureLookupStatus.Ambiguous || best.Status == SignatureLookupStatus.Miss)
            {
                best = found;
            }
        }

        return Settle(best);
    }

    public bool Remove(int key)
    {
        ExpireIfDead(key);
        return _slots.Remove(key);
    }

    public bool Report(int key)
    {
        var removed = Remove(key);
        Corruptions += removed ? 1 : 0;
        return removed;
    }

    public int RemoveExpired() => _slots.Keys.ToList().Count(ExpireIfDead);

    public void Clear() => _slots.Clear();

    private static (SignatureLookupStatus Status, int? Signature) Decide(
        List<Candidate> live, bool truncated, (int History, int Turn, int Occurrence) context)
    {
        var sameHistory = live.Where(c => c.Context.History == context.History).Select(c => c.Signature).Distinct().ToList();
        var sameTurn = live.Where(c => c.Context.Turn == context.Turn).Select(c => c.Signature).Distinct().ToList();
        var all = live.Select(c => c.Signature).Distinct().ToList();
        var left = sameHistory.Count > 0 ? sameHistory
            : truncated ? []
            : sameTurn.Count > 0 ? sameTurn
            : live.Any(c => c.Context.Occurrence == context.Occurrence) ? all
            : [];
        return left is [var only] ? (SignatureLookupStatus.Hit, only) : (SignatureLookupStatus.Ambiguous, null);
    }

    private (SignatureLookupStatus Status, int? Signature) Find(
        int key, Func<List<Candidate>, (SignatureLookupStatus Status, int? Signature)> decide)
    {
        if (!_slots.TryGetValue(key, out var slot))
        {
            return (SignatureLookupStatus.Miss, null);
        }

        return ExpireIfDead(key) ? (SignatureLookupStatus.Expired, null) : decide(slot.Candidates.FindAll(c => c.ExpiresAt > Now));
    }

    private (SignatureLookupStatus Status, int? Signature) Settle((SignatureLookupStatus Status, int? Signature) found)
    {
        _ = found.Status == SignatureLookupStatus.Hit ? Hits++ : Misses++;
        return found;
    }

    private bool ExpireIfDead(int key)
    {
        var dead = _slots.TryGetValue(key, out var slot) && slot.Candidates.All(c => c.ExpiresAt <= Now);
        if (dead)
        {
            _slots.Remove(key);
            Expirations++;
        }

        return dead;
    }

    private sealed record Candidate(int Signature, (int History, int Turn, int Occurrence) Context, int ExpiresAt);

    private sealed class Kept
    {
        public List<Candidate> Candidates { get; init; } = [];

        public bool Truncated { get; set; }
    }
}
