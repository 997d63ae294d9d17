using FastSignatureCache.Verification.Model;
using FastSignatureCache.Verification.Support;

namespace FastSignatureCache.Verification.Histories;

/// <summary>Runs programs, each on a thread of its own, and writes down when each operation began and ended.</summary>
internal sealed class Recorder
{
    private readonly ManualTime _time;
    private readonly Driver _driver;
    private readonly List<Call>[] _calls;
    private readonly List<(CachedSignature Entry, int Signature)>[] _handedOut;
    private int _moment;

    public Recorder(Settings settings, int threads, bool yields)
    {
        _time = new ManualTime(yields);
        Cache = settings.CreateCache(_time);
        _driver = new Driver(Cache, _time);
        _calls = [.. Enumerable.Range(0, threads).Select(_ => new List<Call>())];
        _handedOut = [.. Enumerable.Range(0, threads).Select(_ => new List<(CachedSignature, int)>())];
    }

    /// <summary>What the programs run on. The caller's to dispose of.</summary>
    public SignatureCache Cache { get; }

    /// <summary>All calls, once all threads have ended.</summary>
    public List<Call> History => [.. _calls.SelectMany(c => c).OrderBy(c => c.Invoked)];

    /// <summary>How many entries are no longer what they were when a look-up handed them out.</summary>
    public int Changed => _handedOut.SelectMany(e => e).Count(e => Names.NumberOf(e.Entry.Signature) != e.Signature);

    public void Run(int thread, Operation[] program)
    {
        foreach (var operation in program)
        {
            var (invoked, invokedAt) = (Interlocked.Increment(ref _moment), _time.Now);
            var answer = _driver.Apply(operation, out var entry);
            var (returnedAt, returned) = (_time.Now, Interlocked.Increment(ref _moment));
            _calls[thread].Add(new(operation, invoked, returned, invokedAt, returnedAt, answer));
            if (answer is Found { Signature: { } signature })
            {
                _handedOut[thread].Add((entry!, signature));
            }
        }
    }
}
