using FastSignatureCache.Redis;
using StackExchange.Redis;

namespace FastSignatureCache.Gateway.Storage;

/// <summary>
/// Gives the connection to Redis a moment before the gateway listens. A client that waits for a gateway to come back sends its next request at
/// once, and what that needs is in Redis only; while it is asked for, no connection can be made.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class FirstConnection(RedisSignatureStore store, TimeProvider timeProvider) : IHostedService
{
    // Some twenty times what it takes. A server that is not there must not hold up the start for long.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ConnectAsync(cancellationToken).WaitAsync(Patience, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            // It is tried again in the background, and the cache tells of it.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
