using System.Diagnostics;
using System.Runtime.CompilerServices;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;
using HdrHistogram;

namespace FastSignatureCache.Bench.Throughput;

/// <summary>Times look-ups one by one, and in turns with them the loop itself, while another thread churns.</summary>
internal sealed class TailLatency<TContender>(Traffic traffic) : IDisposable
    where TContender : struct, IContender<TContender>
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private TContender _contender = Filled.With<TContender>(traffic);
    private long _lookups;
    private long _hits;
    private bool _stop;

    public LongHistogram Lookups { get; } = NewHistogram();

    public LongHistogram EmptyLoops { get; } = NewHistogram();

    public double HitShare => (double)_hits / _lookups;

    public void Measure(TimeSpan length)
    {
        var keys = (RequestKey[])traffic.Sent.Clone();
        new Random(1).Shuffle(keys);
        var churner = new Thread(ChurnOn);
        churner.Start();

        // The first turns are for the compiler.
        TimeLookups(keys, NewHistogram());
        TimeLookups(keys, NewHistogram());
        TimeNothing(keys, NewHistogram());
        (_lookups, _hits) = (0, 0);
        for (var elapsed = TimeSpan.Zero; elapsed < length; elapsed += Turn + Turn)
        {
            TimeLookups(keys, Lookups);
            TimeNothing(keys, EmptyLoops);
        }

        Volatile.Write(ref _stop, true);
        churner.Join();
    }

    public void Dispose() => _contender.Dispose();

    private static LongHistogram NewHistogram() => new(TimeSpan.FromSeconds(60).Ticks * 100, numberOfSignificantValueDigits: 3);

    private void ChurnOn()
    {
        for (var i = 0; !Volatile.Read(ref _stop); i++)
        {
            Churn.Run(ref _contender, traffic.BatchAt(i), traffic.Signatures);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TimeLookups(RequestKey[] keys, LongHistogram histogram)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(start) < Turn; i++)
        {
            ref readonly var key = ref keys[i % keys.Length];
            var before = Stopwatch.GetTimestamp();
            var entry = _contender.Find(key);
            Record(histogram, before);
            _lookups++;
            _hits += entry is null ? 0 : 1;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TimeNothing(RequestKey[] keys, LongHistogram histogram)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(start) < Turn; i++)
        {
            ref readonly var key = ref keys[i % keys.Length];
            var before = Stopwatch.GetTimestamp();
            GC.KeepAlive(key.ConversationId);
            Record(histogram, before);
        }
    }

    private static void Record(LongHistogram histogram, long before) =>
        histogram.RecordValue((long)((Stopwatch.GetTimestamp() - before) * NanosecondsPerTick));
}
