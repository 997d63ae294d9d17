using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>When things began and how long they took. Thread-safe.</summary>
internal sealed class Timings
{
    private readonly ConcurrentQueue<(long Began, double Milliseconds)> _all = new();

    public int Count => _all.Count;

    /// <summary>Something that began then has ended now.</summary>
    public void Add(long began) => _all.Enqueue((began, Stopwatch.GetElapsedTime(began).TotalMilliseconds));

    /// <summary>Median, 99th percentile and maximum in milliseconds of what began within a span.</summary>
    public string Between(long from, long to)
    {
        double[] sorted = [.. _all.Where(one => one.Began >= from && one.Began < to).Select(one => one.Milliseconds).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{At(0.5):f2}/{At(0.99):f2}/{At(1):f2} ms of {sorted.Length}");

        double At(double share) => sorted.Length == 0 ? double.NaN : sorted[(int)((sorted.Length - 1) * share)];
    }
}
