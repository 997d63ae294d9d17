using FastSignatureCache.Candidates;

namespace FastSignatureCache.Metrics;

/// <summary>How many keys left for which reason, how old they were and how often they had been used. Thread-safe.</summary>
internal sealed class RemovalStatistics
{
    private static readonly RemovalReason[] Reasons = Enum.GetValues<RemovalReason>();

    private readonly OfReason[] _byReason = Array.ConvertAll(Reasons, static _ => new OfReason());

    /// <param name="reason">Why it leaves.</param>
    /// <param name="state">What was kept under the key.</param>
    /// <param name="now">UTC, in ticks of 100 ns.</param>
    public void Record(RemovalReason reason, object state, long now) => _byReason[(int)reason].Record(state, now);

    public IReadOnlyList<RemovalMetrics> Snapshot() => Array.ConvertAll(Reasons, reason => _byReason[(int)reason].Snapshot(reason));

    public void Reset() => Array.ForEach(_byReason, static ofReason => ofReason.Reset());

    private sealed class OfReason
    {
        // 3,650 days, the longest time to live, in milliseconds.
        private const long LongestAge = 3_650L * 24 * 60 * 60 * 1_000;
        private const long MostUses = uint.MaxValue;

        // A lock of its own: what is cleared is counted outside of the cache's write lock, because it takes O(entries).
        private readonly Lock _sync = new();
        private readonly Distribution _ages = new(LongestAge);
        private readonly Distribution _uses = new(MostUses);

        public void Record(object state, long now)
        {
            var age = (now - KeyState.Newest(state).CreatedTicks) / TimeSpan.TicksPerMillisecond;
            var uses = KeyState.RequestsOf(state);
            lock (_sync)
            {
                _ages.Record(age);
                _uses.Record(uses);
            }
        }

        public RemovalMetrics Snapshot(RemovalReason reason)
        {
            lock (_sync)
            {
                return new(reason, _ages.Count, _ages.Snapshot(unit: 1_000), _uses.Snapshot());
            }
        }

        public void Reset()
        {
            lock (_sync)
            {
                _ages.Reset();
                _uses.Reset();
            }
        }
    }
}
