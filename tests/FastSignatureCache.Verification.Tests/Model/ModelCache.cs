namespace FastSignatureCache.Verification.Model;

/// <summary>What the cache should do, one operation at a time.</summary>
internal sealed class ModelCache(Settings settings)
{
    private readonly Dictionary<int, ModelSlot> _slots = [];
    private readonly ModelOrder _order = new(settings.Capacity);
    private int _now;

    public int Count => _slots.Count;

    public long Bytes => _slots.Values.Sum(Sizes.Of);

    /// <summary>What it should have counted; of what left, how much and why, but neither age nor use.</summary>
    public SignatureCacheMetrics Metrics { get; private set; } = new();

    public IEnumerable<ModelSlot> Slots => _slots.Values;

    public object? Apply(Operation operation)
    {
        switch (operation)
        {
            case Operation.Put put:
                return Put(put.Key, put.Signature, null);
            case Operation.PutCandidate put:
                return Put(put.Key, put.Signature, put.Context);
            case Operation.PutRefused { Fault: PutFault.TooLong }:
                Metrics = Metrics with { RefusedSizes = Metrics.RefusedSizes + 1 };
                return false;
            case Operation.PutRefused:
                Metrics = Metrics with { RefusedFormats = Metrics.RefusedFormats + 1, Corruptions = Metrics.Corruptions + 1 };
                return false;
            case Operation.Find find:
                var found = Settle(Look(find.Key, slot => slot.Candidates[0], []), find.Key);
                return find.WithReason ? found : found.WithoutReason();
            case Operation.Choose choose:
                return Choose([choose.Key, choose.OtherKey], choose.Context);
            case Operation.Remove remove:
                return Remove(remove.Key, RemovalReason.Removed);
            case Operation.Report report:
                var removed = Remove(report.Key, RemovalReason.Corrupted);
                Metrics = Metrics with { Corruptions = Metrics.Corruptions + (removed ? 1 : 0) };
                return removed;
            case Operation.RemoveExpired:
                return _slots.Keys.ToList().Count(Expire);
            case Operation.Advance advance:
                _now += advance.Ticks;
                return null;
            case Operation.ResetMetrics:
                Metrics = new();
                return null;
            default:
                foreach (var _ in _slots)
                {
                    CountRemoval(RemovalReason.Cleared);
                }

                _slots.Clear();
                _order.Clear();
                return null;
        }
    }

    private bool Put(int key, int signature, Context? context)
    {
        if (Sizes.OfWorstCase(key, signature) > settings.MaxBytes)
        {
            Metrics = Metrics with { RefusedSizes = Metrics.RefusedSizes + 1 };
            return false;
        }

        var group = Names.HashGroup(key);
        if (_slots.TryGetValue(group, out var old) && old.Key != key)
        {
            Forget(group, RemovalReason.Capacity);
            old = null;
        }

        var live = old?.WithoutExpired(_now);
        var added = new Candidate(signature, context ?? default, _now, _now);
        var replaced = context is null ? live?.Candidates[0] : live?.Candidates.Find(added.IsSame);
        added = added with
        {
            ExpiresAt = replaced is null
                ? _now + settings.FirstLife
                : Math.Max(replaced.ExpiresAt, _now + settings.LifeFrom(_now - replaced.CreatedAt)),
        };
        var slot = context is null || live is null ? new(key, added) : live.With(added, grown => Sizes.Of(grown) <= settings.MaxBytes);
        if (old is not null && live is null)
        {
            CountRemoval(RemovalReason.Expired);
        }
        else if (live is not null && (slot.Candidates.Count == 1 || slot.Truncated))
        {
            CountRemoval(RemovalReason.Replaced);
        }

        if (old is null)
        {
            while (_slots.Count >= settings.Capacity || Bytes + Sizes.Of(slot) > settings.MaxBytes)
            {
                Forget(_order.Evict(), _slots.Count >= settings.Capacity ? RemovalReason.Capacity : RemovalReason.Bytes);
            }

            _order.Add(group);
        }
        else
        {
            var growth = Sizes.Of(slot) - Sizes.Of(old);
            if (Bytes + growth > settings.MaxBytes)
            {
                _order.Remove(group);
                while (Bytes + growth > settings.MaxBytes)
                {
                    Forget(_order.Evict(), RemovalReason.Bytes);
                }

                _order.Add(group);
            }

            _order.Use(group);
        }

        _slots[group] = slot;
        Metrics = Metrics with { Puts = Metrics.Puts + 1 };
        return true;
    }

    private Found Choose(int[] keys, Context context)
    {
        var best = new Found(SignatureLookupStatus.Miss);
        foreach (var key in keys)
        {
            var byHistory = best.Status == SignatureLookupStatus.Ambiguous;
            var found = Look(key, slot => slot.Chosen(context, byHistory), keys);
            if (found.Status == SignatureLookupStatus.Hit)
            {
                return Settle(found, key);
            }

            best = SaysMore(found.Status) > SaysMore(best.Status) ? found : best;
        }

        return Settle(best, 0);
    }

    // The nearer to the very key that was asked for, the more.
    private static int SaysMore(SignatureLookupStatus status) => Array.IndexOf(
        [
            SignatureLookupStatus.Miss, SignatureLookupStatus.ConversationMismatch, SignatureLookupStatus.ModelMismatch,
            SignatureLookupStatus.Expired, SignatureLookupStatus.Ambiguous,
        ],
        status);

    private Found Look(int key, Func<ModelSlot, Candidate?> choose, int[] names)
    {
        var group = Names.HashGroup(key);
        return !_slots.TryGetValue(group, out var slot) ? new(SignatureLookupStatus.Miss)
            : slot.Key != key ? new(Names.Mismatch(Math.Max(key, slot.Key)))
            : slot.WithoutExpired(_now) is { } live ? choose(live) is { } chosen
                ? new(SignatureLookupStatus.Hit, key, chosen.Signature, Renew(key, chosen, names))
                : new(SignatureLookupStatus.Ambiguous)
            : Expire(group) ? new(SignatureLookupStatus.Expired)
            : throw new InvalidOperationException();
    }

    // When it expires from now on.
    private int Renew(int key, Candidate used, int[] names)
    {
        if (!settings.IsAdaptive || used.ExpiresAt - _now > settings.LifeOf(used.ExpiresAt - used.CreatedAt) / 2)
        {
            return used.ExpiresAt;
        }

        var renewed = _now + settings.LifeFrom(_now - used.CreatedAt);
        Extend(key, renewed, used.IsSame);
        foreach (var name in names)
        {
            Extend(name, renewed, c => c.Signature == used.Signature && c.ExpiresAt > _now && c.ExpiresAt < renewed);
        }

        return renewed;
    }

    private void Extend(int key, int renewed, Func<Candidate, bool> isMeant)
    {
        var group = Names.HashGroup(key);
        if (_slots.TryGetValue(group, out var slot) && slot.Key == key)
        {
            Metrics = Metrics with { Renewals = Metrics.Renewals + slot.Candidates.Count(isMeant) };
            _slots[group] = slot with { Candidates = [.. slot.Candidates.Select(c => isMeant(c) ? c with { ExpiresAt = renewed } : c)] };
        }
    }

    private Found Settle(Found found, int key)
    {
        if (found.Status == SignatureLookupStatus.Hit)
        {
            _order.Mark(Names.HashGroup(key));
            Metrics = Metrics with { Hits = Metrics.Hits + 1 };
        }
        else
        {
            var reasons = new Dictionary<SignatureLookupStatus, long>(Metrics.MissesByReason);
            reasons[found.Status] = reasons.GetValueOrDefault(found.Status) + 1;
            Metrics = Metrics with { Misses = Metrics.Misses + 1, MissesByReason = reasons };
        }

        return found;
    }

    private bool Remove(int key, RemovalReason reason)
    {
        var group = Names.HashGroup(key);
        if (!_slots.TryGetValue(group, out var slot) || slot.Key != key || Expire(group))
        {
            return false;
        }

        Forget(group, reason);
        return true;
    }

    // Whether the whole slot has gone.
    private bool Expire(int group)
    {
        if (_slots[group].WithoutExpired(_now) is { } live)
        {
            _slots[group] = live;
            return false;
        }

        Forget(group, RemovalReason.Expired);
        return true;
    }

    private void Forget(int group, RemovalReason reason)
    {
        CountRemoval(_slots[group].WithoutExpired(_now) is null ? RemovalReason.Expired : reason);
        _slots.Remove(group);
        _order.Remove(group);
    }

    private void CountRemoval(RemovalReason reason)
    {
        var counts = Enum.GetValues<RemovalReason>().ToDictionary(
            known => known, known => Metrics.Removals.FirstOrDefault(removal => removal.Reason == known)?.Count ?? 0);
        counts[reason]++;
        Metrics = Metrics with
        {
            Removals = [.. counts.Select(count => new RemovalMetrics(count.Key, count.Value, DistributionMetrics.None, DistributionMetrics.None))],
            Evictions = counts[RemovalReason.Capacity] + counts[RemovalReason.Bytes],
            Expirations = counts[RemovalReason.Expired],
        };
    }
}
