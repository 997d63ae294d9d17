using System.Diagnostics;
using System.Globalization;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>
/// Does with a gateway's cache, all the time, what a request does, and nothing else: asks for a conversation, keeps a signature, and waits for
/// both. So that is what the store adds to a request.
/// </summary>
internal sealed class StoreWaits : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly string Signature = Convert.ToBase64String(new byte[600]);

    private readonly ISignatureCache _cache;
    private readonly Task _running;
    private bool _isEnding;

    public StoreWaits(ISignatureCache cache)
    {
        _cache = cache;
        _running = Task.Run(RunAsync);
    }

    public Timings Timings { get; } = new();

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isEnding, true);
        await _running;
    }

    private async Task RunAsync()
    {
        for (var i = 0; !Volatile.Read(ref _isEnding); i++)
        {
            var conversation = string.Create(CultureInfo.InvariantCulture, $"conversation {i}");
            var began = Stopwatch.GetTimestamp();
            await _cache.PrefetchAsync(conversation);
            _cache.Put(new SignatureKey(conversation, "model", "part"), Signature);
            await _cache.CommitAsync();
            Timings.Add(began);
            await Task.Delay(Pause);
        }
    }
}
