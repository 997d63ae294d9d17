using FastSignatureCache.Sqlite.Tests.Support;
using FastSignatureCache.Stores;
using FastSignatureCache.Stores.Conformance;

namespace FastSignatureCache.Sqlite.Tests;

public class SqliteSignatureStoreConformanceTests : SharedSignatureStoreConformance
{
    private readonly TemporaryFolder _folder = new();

    protected override ValueTask<ISignatureStore> CreateAsync(TimeProvider timeProvider) =>
        new(TestStores.Open(_folder.Database, timeProvider));

    protected override ValueTask<ISharedSignatureStore> ConnectAsync(TimeProvider timeProvider) =>
        new(TestStores.Open(_folder.Database, timeProvider));

    protected override async ValueTask DisposeStoreAsync()
    {
        await base.DisposeStoreAsync();
        Assert.Empty(_folder.SetAside);
        _folder.Dispose();
    }
}
