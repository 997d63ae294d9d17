using System.Runtime.CompilerServices;
using FastSignatureCache.Sqlite.Databases;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Sqlite;

public sealed partial class SqliteSignatureStore
{
    // SQLite tells nobody what others do, so somebody has to look. One look takes tens of microseconds.
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    /// <remarks>Looks into the file four times a second.</remarks>
    public async IAsyncEnumerable<StoreRemoval> WatchRemovalsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        RemovalPosition? position = null;
        using var timer = new PeriodicTimer(WatchInterval, _timeProvider);
        do
        {
            var after = position;
            var page = await ReadAsync(session => session.ReadRemovals(_instance, after), cancellationToken).ConfigureAwait(false);
            foreach (var removal in page.Removals)
            {
                yield return removal;
            }

            position = page.Position;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }
}
