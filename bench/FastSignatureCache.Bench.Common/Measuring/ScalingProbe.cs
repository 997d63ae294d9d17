namespace FastSignatureCache.Bench.Measuring;

/// <summary>Something that several threads do at once.</summary>
public abstract class ScalingProbe(string name) : IDisposable
{
    /// <summary>What is measured.</summary>
    public string Name => name;

    /// <summary>Operations a second of so many threads together.</summary>
    public abstract double Measure(int threads, TimeSpan length);

    /// <summary>Runs until the runtime has compiled the code for good: it counts calls, and then compiles in the background.</summary>
    public void WarmUp()
    {
        for (var i = 0; i < 40; i++)
        {
            Measure(threads: 1 + (i % 2), TimeSpan.FromMilliseconds(15));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what is measured.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
