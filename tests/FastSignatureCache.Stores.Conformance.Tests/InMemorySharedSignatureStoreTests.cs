namespace FastSignatureCache.Stores.Conformance.Tests;

public class InMemorySharedSignatureStoreTests : SharedSignatureStoreConformance
{
    protected override ValueTask<ISignatureStore> CreateAsync(TimeProvider timeProvider) => new(new InMemorySharedSignatureStore(timeProvider));

    protected override ValueTask<ISharedSignatureStore> ConnectAsync(TimeProvider timeProvider) =>
        new(((InMemorySharedSignatureStore)Store).Connect());
}
