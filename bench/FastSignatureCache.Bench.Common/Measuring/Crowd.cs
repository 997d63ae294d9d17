using System.Diagnostics;

namespace FastSignatureCache.Bench.Measuring;

/// <summary>Lets several threads do the same at once.</summary>
public static class Crowd
{
    /// <summary>Operations a second of all threads together.</summary>
    /// <param name="threads">How many threads.</param>
    /// <param name="length">For how long.</param>
    /// <param name="operations">How many operations one call of the work is.</param>
    /// <param name="work">The work, told which thread it is on and how often that has called before.</param>
    public static double Throughput(int threads, TimeSpan length, int operations, Action<int, int> work)
    {
        using var start = new Barrier(threads);
        var rates = new double[threads];
        var crowd = Enumerable.Range(0, threads).Select(index => new Thread(() => rates[index] = Rate(index))).ToList();
        crowd.ForEach(thread => thread.Start());
        crowd.ForEach(thread => thread.Join());
        return rates.Sum();

        double Rate(int thread)
        {
            start.SignalAndWait();
            var begin = Stopwatch.GetTimestamp();
            var calls = 0;
            TimeSpan elapsed;
            do
            {
                work(thread, calls++);
                elapsed = Stopwatch.GetElapsedTime(begin);
            }
            while (elapsed < length);

            return (double)calls * operations / elapsed.TotalSeconds;
        }
    }
}
