using System.Collections.Concurrent;
using System.Threading.Channels;

namespace FastSignatureCache.Tests.Renewal;

/// <summary>A refresher whose calls the test answers, and which knows how many there were at once.</summary>
internal sealed class ScriptedRefresher : ISignatureRefresher
{
    private readonly ConcurrentDictionary<string, int> _underWay = new();
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private int _running;
    private int _mostRunning;
    private int _overlaps;

    /// <summary>The most calls at one time.</summary>
    public int MostRunning => Volatile.Read(ref _mostRunning);

    /// <summary>Calls for a signature that was being refreshed already.</summary>
    public int Overlaps => Volatile.Read(ref _overlaps);

    public int Waiting => _calls.Reader.Count;

    /// <summary>Waits for the next call.</summary>
    public Task<Call> NextAsync() => _calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask<string?> RefreshAsync(CachedSignature current, CancellationToken cancellationToken)
    {
        var signature = current.Signature;
        Interlocked.Add(ref _overlaps, _underWay.AddOrUpdate(signature, 1, static (_, count) => count + 1) - 1);
        var running = Interlocked.Increment(ref _running);
        for (var most = MostRunning; running > most; most = MostRunning)
        {
            Interlocked.CompareExchange(ref _mostRunning, running, most);
        }

        var call = new Call(current, cancellationToken);
        _calls.Writer.TryWrite(call);
        try
        {
            return await call.Answer.Task;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _underWay.AddOrUpdate(signature, 0, static (_, count) => count - 1);
        }
    }

    /// <param name="Current">What was asked for.</param>
    /// <param name="Token">What it was called with.</param>
    internal sealed record Call(CachedSignature Current, CancellationToken Token)
    {
        public TaskCompletionSource<string?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
