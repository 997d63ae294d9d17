using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Stores.Conformance;

/// <summary>
/// What every <see cref="ISignatureStore"/> has to do, written from its documentation alone. Derive from it, give an empty store,
/// and the tests run against that.
/// </summary>
/// <remarks>
/// The clock begins far in the future and is moved by the tests only. So a store that goes by the clock of a server may hand the times
/// on to it: nothing expires there while the tests run. Times are whole milliseconds, because not every store can keep finer ones.
/// </remarks>
public abstract partial class SignatureStoreConformance : IAsyncLifetime
{
    private ISignatureStore? _store;

    /// <summary>When the tests begin, by their clock.</summary>
    public static DateTimeOffset Start { get; } = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected FakeTimeProvider Time { get; } = new(Start);

    protected ISignatureStore Store => _store ?? throw new InvalidOperationException("The test has not begun.");

    protected static CancellationToken Ended => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        _store = await CreateAsync(Time);
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeStoreAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new store with nothing in it, that goes by this clock. The suite disposes of it.</summary>
    protected abstract ValueTask<ISignatureStore> CreateAsync(TimeProvider timeProvider);

    /// <summary>Disposes of the store after each test. Override it to clean up behind the store.</summary>
    protected virtual async ValueTask DisposeStoreAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    protected async Task<IReadOnlyList<StoredSignature>> GetAsync(params string[] conversationIds) =>
        await Store.GetAsync(conversationIds, Ended);

    protected Task PutAsync(params StoredSignature[] signatures) => Store.PutAsync(signatures, Ended).AsTask();

    protected Task RemoveAsync(params SignatureKey[] keys) => Store.RemoveAsync(keys, Ended).AsTask();

    protected async Task<List<StoredSignature>> GetNewestAsync()
    {
        List<StoredSignature> found = [];
        await foreach (var signature in Store.GetNewestAsync(Ended))
        {
            found.Add(signature);
        }

        return found;
    }
}
