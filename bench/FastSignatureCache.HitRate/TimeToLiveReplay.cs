using FastSignatureCache.Bench.Replay;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.HitRate;

/// <summary>Replays a trace to the engine itself, with room for everything: only the time to live decides.</summary>
internal static class TimeToLiveReplay
{
    /// <summary>Hits, and how many entries were alive on average over the length of the trace: exactly, not by samples.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="minimum">How long a signature lives at first.</param>
    /// <param name="maximum">How long at most; the same as the first for a fixed time to live.</param>
    public static Outcome Run(Trace trace, TimeSpan minimum, TimeSpan maximum)
    {
        var isFixed = minimum == maximum;
        var time = new TraceTime();
        using var cache = new SignatureCache(
            new()
            {
                Capacity = trace.Keys,
                MaxBytes = long.MaxValue,
                TimeToLive = minimum,
                MaxTimeToLive = isFixed ? null : maximum,
                CleanupInterval = Timeout.InfiniteTimeSpan,
            },
            time);
        var signature = new Corpus(seed: 1).NextSignature(100);
        var lives = new Dictionary<int, (DateTimeOffset Begin, DateTimeOffset End)>();
        var alive = TimeSpan.Zero;
        var hits = 0;
        foreach (var (seconds, isLookup, number) in trace.Operations)
        {
            time.Now = TraceTime.At(seconds);
            var key = new SignatureKey($"conversation {number}", Corpus.Model);
            if (!isLookup)
            {
                cache.Put(key, signature);
            }

            // After a put it tells when it expires, which in the first half of a life changes nothing.
            if (cache.TryGet(key, out var entry))
            {
                hits += isLookup ? 1 : 0;
                Note(number, entry.ExpiresAt);
            }
        }

        foreach (var (begin, end) in lives.Values)
        {
            alive += (end < time.Now ? end : time.Now) - begin;
        }

        return new(hits, alive / (time.Now - TraceTime.At(trace.Operations[0].Seconds)));

        void Note(int number, DateTimeOffset expires)
        {
            if (!lives.TryGetValue(number, out var life) || life.End <= time.Now)
            {
                alive += life.End - life.Begin;
                life.Begin = time.Now;
            }

            lives[number] = (life.Begin, expires);
        }
    }

    /// <param name="Hits">Look-ups that found something.</param>
    /// <param name="MeanAlive">How many entries were alive on average.</param>
    internal readonly record struct Outcome(int Hits, double MeanAlive);

    // No timers: the cache's own are turned off.
    private sealed class TraceTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = At(0);

        public static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
