using System.Diagnostics;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>Callers that each make one request after the other.</summary>
internal sealed class Load(int callers, TimeSpan length)
{
    // No section meets the conversations of another.
    private int _nextConversation = 1 << 24;

    public int Callers => callers;

    public TimeSpan Length => length;

    public int NewConversation() => Interlocked.Increment(ref _nextConversation);

    /// <summary>Numbers from 0 on, each once, as fast as it goes.</summary>
    public Task ForEachAsync(int count, Func<int, int, Task> make)
    {
        var next = -1;
        return CallAsync(async caller =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                await make(caller, i).ConfigureAwait(false);
            }
        });
    }

    /// <summary>As many requests as can be made.</summary>
    public Task<long> SaturateAsync(Func<Caller> create) => RunAsync(create, static (_, _) => Task.CompletedTask);

    /// <summary>So many a second, however long each takes.</summary>
    public Task<long> PaceAsync(Func<Caller> create, double rate)
    {
        var start = Stopwatch.GetTimestamp();
        return RunAsync(create, async (caller, number) =>
        {
            // Where it should be by now, so that being late once does not slow down the rest.
            var wait = TimeSpan.FromSeconds(((number * callers) + caller) / rate) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait).ConfigureAwait(false);
            }
        });
    }

    private async Task<long> RunAsync(Func<Caller> create, Func<int, long, Task> waitTurn)
    {
        var (start, requests) = (Stopwatch.GetTimestamp(), 0L);
        await CallAsync(async number =>
        {
            var (caller, made) = (create(), 0L);
            for (; Stopwatch.GetElapsedTime(start) < length; made++)
            {
                await waitTurn(number, made).ConfigureAwait(false);
                await caller.RequestAsync(number).ConfigureAwait(false);
            }

            Interlocked.Add(ref requests, made);
        }).ConfigureAwait(false);
        return requests;
    }

    private Task CallAsync(Func<int, Task> call) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => call(caller))));
}
