using FastSignatureCache.Stores;
using FastSignatureCache.Stores.Conformance;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Redis.Tests.Support;

internal static class TestStores
{
    public static CancellationToken Ended => TestContext.Current.CancellationToken;

    public static FakeTimeProvider Clock() => new(SignatureStoreConformance.Start);

    /// <summary>For tests that are not about the timeout: a busy machine must not make them fail.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>A prefix that no other test has.</summary>
    public static string Prefix() => $"test-{Guid.NewGuid():n}:";

    public static RedisSignatureStore Open(string connectionString, string prefix, TimeProvider? time = null, ILogger? log = null) =>
        new(new() { ConnectionString = connectionString, KeyPrefix = prefix, OperationTimeout = Patience }, time ?? Clock(), TimeProvider.System, log);

    public static Task PutAsync(this RedisSignatureStore store, params StoredSignature[] signatures) =>
        store.PutAsync(signatures, Ended).AsTask();

    public static async Task<IReadOnlyList<StoredSignature>> GetAsync(this RedisSignatureStore store, params string[] conversationIds) =>
        await store.GetAsync(conversationIds, Ended);

    public static async Task<List<StoredSignature>> GetNewestAsync(this RedisSignatureStore store)
    {
        List<StoredSignature> found = [];
        await foreach (var signature in store.GetNewestAsync(Ended))
        {
            found.Add(signature);
        }

        return found;
    }
}
