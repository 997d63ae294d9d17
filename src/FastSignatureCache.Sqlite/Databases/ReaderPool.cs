using System.Collections.Concurrent;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>Lends connections that read, so many at a time. They are opened when they are first needed.</summary>
internal sealed class ReaderPool(Func<ReadSession> open, int size) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);
    private readonly ConcurrentBag<ReadSession> _idle = [];
    private volatile bool _isClosed;

    /// <summary>Runs a read on the thread pool, because SQLite blocks its thread.</summary>
    /// <returns>What was read; nothing when the pool is closed.</returns>
    public async Task<T?> ReadAsync<T>(Func<ReadSession, T> read, CancellationToken cancellationToken)
        where T : class
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        // On its own from here on: a caller who gives up waiting must not give back a connection that is in use.
        var reading = Task.Run(() => ReadAndRelease(read), CancellationToken.None);
        return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the reads under way and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        for (var i = 0; i < size; i++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
        }

        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }

        // Whoever still waits must not wait forever.
        _free.Release(size);
    }

    private T? ReadAndRelease<T>(Func<ReadSession, T> read)
        where T : class
    {
        try
        {
            if (_isClosed)
            {
                return null;
            }

            if (!_idle.TryTake(out var session))
            {
                session = open();
            }

            try
            {
                var result = read(session);
                _idle.Add(session);
                return result;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        finally
        {
            _free.Release();
        }
    }
}
