namespace FastSignatureCache.Verification.Histories;

/// <summary>Threads that stay, and do things at the very same time again and again.</summary>
internal sealed class Gang : IDisposable
{
    private readonly Barrier _barrier;
    private readonly Exception?[] _faults;
    private Action<int>? _work;
    private int _arrivals;
    private bool _hasFailed;

    public Gang(int threads)
    {
        _barrier = new Barrier(threads + 1);
        _faults = new Exception?[threads];
        for (var i = 0; i < threads; i++)
        {
            var number = i;
            new Thread(() => Live(number)) { IsBackground = true }.Start();
        }
    }

    /// <summary>
    /// Does the work on the first so many threads, round by round: each round begins on all of them at once. The barrier alone would not
    /// do: it wakes its threads one after another, and the first would have ended before the last began.
    /// </summary>
    public void Run(int threads, int rounds, Action<int, int> work)
    {
        Array.Clear(_faults);
        _arrivals = 0;
        _hasFailed = false;
        _work = number =>
        {
            for (var round = 0; number < threads && round < rounds; round++)
            {
                var wait = default(SpinWait);
                Interlocked.Increment(ref _arrivals);
                while (Volatile.Read(ref _arrivals) < threads * (round + 1) && !Volatile.Read(ref _hasFailed))
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }

                work(number, round);
            }
        };
        _barrier.SignalAndWait();
        _barrier.SignalAndWait();
        if (Array.Find(_faults, fault => fault is not null) is { } first)
        {
            throw new InvalidOperationException("A thread failed.", first);
        }
    }

    public void Dispose()
    {
        _work = null;
        _barrier.SignalAndWait();
        _barrier.SignalAndWait();
        _barrier.Dispose();
    }

    private void Live(int number)
    {
        for (var alive = true; alive;)
        {
            _barrier.SignalAndWait();
            alive = _work is not null;
            try
            {
                _work?.Invoke(number);
            }
            catch (Exception fault)
            {
                // The others must not wait for this one in the rounds that are left.
                _faults[number] = fault;
                Volatile.Write(ref _hasFailed, true);
            }

            _barrier.SignalAndWait();
        }
    }
}
