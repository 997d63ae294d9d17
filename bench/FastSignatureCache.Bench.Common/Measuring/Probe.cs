using System.Diagnostics;

namespace FastSignatureCache.Bench.Measuring;

/// <summary>Something whose cost is measured in short slices.</summary>
public abstract class Probe(string name) : IDisposable
{
    // Long enough for the clock, short enough that many slices run without the scheduler taking the processor away in the middle.
    private static readonly TimeSpan SliceLength = TimeSpan.FromMilliseconds(1.5);

    private int _repetitions = 1;

    /// <summary>What is measured.</summary>
    public string Name => name;

    /// <summary>Runs until the runtime has compiled the code for good, and finds out how much fits into a slice.</summary>
    public void WarmUp()
    {
        // The runtime counts calls, then compiles in the background: calls and time are both needed.
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 60 || Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(400); i++)
        {
            Run(1);
        }

        var fastest = Enumerable.Range(0, 20).Min(_ => Time(1).TotalNanoseconds);
        _repetitions = Math.Max(1, (int)(SliceLength.TotalNanoseconds / fastest));
    }

    /// <summary>Measures one slice, in nanoseconds an operation.</summary>
    public double Measure() => Time(_repetitions).TotalNanoseconds / Total;

    /// <summary>Bytes that one operation allocates.</summary>
    public double MeasureAllocations()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(_repetitions);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Total;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>How many operations one repetition is.</summary>
    protected abstract int Operations { get; }

    /// <summary>Does the work.</summary>
    protected abstract void Run(int repetitions);

    /// <summary>Lets go of what is measured.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private double Total => (double)_repetitions * Operations;

    private TimeSpan Time(int repetitions)
    {
        var start = Stopwatch.GetTimestamp();
        Run(repetitions);
        return Stopwatch.GetElapsedTime(start);
    }
}
