namespace FastSignatureCache.Stores;

/// <summary>A store on which several processes work at the same time.</summary>
/// <remarks>
/// A cache above it never takes what it has of a conversation in memory for all there is: each prefetch asks the store, so that a conversation
/// may move between processes with every request.
/// </remarks>
public interface ISharedSignatureStore : ISignatureStore
{
    /// <summary>What the others remove, from the beginning of the enumeration on and as it happens; never what this instance removes.</summary>
    /// <remarks>
    /// A notice comes after the removal. Notices may be lost while the connection is: then the time to live bounds how long memory goes on with
    /// what was removed. Trouble is thrown, and the enumeration begun again some time later.
    /// </remarks>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    IAsyncEnumerable<StoreRemoval> WatchRemovalsAsync(CancellationToken cancellationToken);
}
