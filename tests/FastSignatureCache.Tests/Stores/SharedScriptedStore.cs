using System.Threading.Channels;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Tests.Stores;

/// <summary>A scripted store that others are said to use too: the test says what they remove.</summary>
internal sealed class SharedScriptedStore : ScriptedStore, ISharedSignatureStore
{
    private Channel<StoreRemoval> _removals = Channel.CreateUnbounded<StoreRemoval>();

    /// <summary>Somebody else has removed something: now and in the notice.</summary>
    public void RemoveElsewhere(StoreRemoval removal)
    {
        Unplant(kept => removal.IsOfEverything || kept.Key == removal.Key);
        _removals.Writer.TryWrite(removal);
    }

    /// <summary>The notices that are being read end with a failure; later ones come to whoever reads anew.</summary>
    public void FailNotices(Exception failure) =>
        Interlocked.Exchange(ref _removals, Channel.CreateUnbounded<StoreRemoval>()).Writer.Complete(failure);

    public IAsyncEnumerable<StoreRemoval> WatchRemovalsAsync(CancellationToken cancellationToken)
    {
        Note("watch");
        return _removals.Reader.ReadAllAsync(cancellationToken);
    }
}
