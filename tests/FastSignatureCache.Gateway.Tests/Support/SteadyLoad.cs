using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Gateway.Tests.Conversations;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>Clients that go through one gateway all the time, and how long each of their requests took.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Clients = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentQueue<string> _refusals = new();
    private readonly HttpClient _http;
    private readonly Task _running;
    private bool _isEnding;

    public SteadyLoad(Uri gateway)
    {
        _http = new HttpClient { BaseAddress = gateway };
        _running = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => RunAsync(client))));
    }

    /// <summary>Of the requests that have their answer.</summary>
    public Timings Timings { get; } = new();

    /// <summary>What the upstream said to requests that lacked a signature.</summary>
    public IEnumerable<string> Refusals => _refusals;

    /// <summary>Waits until so many more requests have their answer.</summary>
    public async Task PassAsync(int requests)
    {
        for (var enough = Timings.Count + requests; Timings.Count < enough;)
        {
            Assert.False(_running.IsFaulted, _running.Exception?.ToString());
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends it, and throws what a request failed with.</summary>
    public async Task EndAsync()
    {
        Volatile.Write(ref _isEnding, true);
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isEnding, true);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
    }

    private async Task RunAsync(int client)
    {
        for (var number = 0; !Volatile.Read(ref _isEnding); number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{client} of {_http.BaseAddress!.Port}, {number}");
            var conversation = new NativeClient(_http) { Form = AnswerForm.ServerSentEvents, Mark = name };
            conversation.Say($"Conversation {name}. [steps: 1,2,1,1]");
            while (!conversation.IsOver)
            {
                var began = Stopwatch.GetTimestamp();
                await conversation.StepAsync();
                Timings.Add(began);
                await Task.Delay(Pause);
            }

            if (conversation.Refusal is { } refusal)
            {
                _refusals.Enqueue(refusal);
            }
        }
    }
}
