using FastSignatureCache.Redis.Tests.Support;
using FastSignatureCache.Stores;
using FastSignatureCache.Stores.Conformance;

namespace FastSignatureCache.Redis.Tests;

public class ClusterConformanceTests(SharedCluster cluster) : SharedSignatureStoreConformance
{
    private readonly string _prefix = TestStores.Prefix();

    protected override ValueTask<ISignatureStore> CreateAsync(TimeProvider timeProvider) =>
        new(TestStores.Open(cluster.ConnectionString, _prefix, timeProvider));

    protected override ValueTask<ISharedSignatureStore> ConnectAsync(TimeProvider timeProvider) =>
        new(TestStores.Open(cluster.ConnectionString, _prefix, timeProvider));
}
