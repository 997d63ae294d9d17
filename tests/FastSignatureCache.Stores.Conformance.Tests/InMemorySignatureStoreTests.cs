namespace FastSignatureCache.Stores.Conformance.Tests;

public class InMemorySignatureStoreTests : SignatureStoreConformance
{
    protected override ValueTask<ISignatureStore> CreateAsync(TimeProvider timeProvider) => new(new InMemorySignatureStore(timeProvider));
}
