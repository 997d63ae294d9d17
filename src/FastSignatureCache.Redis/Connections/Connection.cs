using StackExchange.Redis;

namespace FastSignatureCache.Redis.Connections;

/// <summary>The one connection of a store, made at the first call. Thread-safe.</summary>
internal sealed class Connection(ConfigurationOptions settings) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private bool _isDisposed;

    /// <summary>
    /// The connection, which repairs itself from then on. Only one is ever made at a time; where making it fails, as with <c>abortConnect=true</c>, the
    /// next call tries again.
    /// </summary>
    public Task<ConnectionMultiplexer> OpenAsync()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // Off this thread: it resolves names before it first waits.
                _connecting = Task.Run(() => ConnectionMultiplexer.ConnectAsync(settings));
            }

            return _connecting;
        }
    }

    /// <summary>Closes the connection, or lets it be closed as soon as it is made: waits for no server.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? connecting;
        lock (_lock)
        {
            (_isDisposed, connecting) = (true, _connecting);
        }

        var closing = connecting is null ? Task.CompletedTask : CloseAsync(connecting);
        if (connecting is { IsCompleted: true })
        {
            await closing.ConfigureAwait(false);
        }
    }

    private static async Task CloseAsync(Task<ConnectionMultiplexer> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
        {
            // The client's own disposal would first wait, for up to twice the timeout of a round trip, until each server has said good-bye.
            await connecting.Result.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
            await connecting.Result.DisposeAsync().ConfigureAwait(false);
        }
    }
}
