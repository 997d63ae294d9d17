using FastSignatureCache.Packing;
using FastSignatureCache.Stores;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Stores;

/// <summary>A scripted store, a clock that stands still, and caches over both.</summary>
public abstract class TieredFixture
{
    internal ScriptedStore Store { get; set; } = new();

    internal FakeTimeProvider Time { get; } = new();

    internal FakeLogger<TieredSignatureCache> Logger { get; } = new();

    internal TieredSignatureCache Create(
        Action<TieredSignatureCacheOptions>? configure = null, SignatureCacheOptions? memory = null)
    {
        var options = new TieredSignatureCacheOptions { WarmsUp = false, CleanupInterval = Timeout.InfiniteTimeSpan };
        configure?.Invoke(options);
        return new TieredSignatureCache(
            Store, options, memory ?? new() { CleanupInterval = Timeout.InfiniteTimeSpan }, Time, Logger);
    }

    internal StoredSignature Stored(
        SignatureKey key, int signature, SignatureContext context = default, TimeSpan age = default, TimeSpan? left = null) =>
        Stored(key, PackedSignature.Pack(Signatures.Thought(signature)).Memory, context, age, left);

    internal StoredSignature Stored(
        SignatureKey key,
        ReadOnlyMemory<byte> payload,
        SignatureContext context = default,
        TimeSpan age = default,
        TimeSpan? left = null) =>
        new(key, context, payload, Time.GetUtcNow() - age, Time.GetUtcNow() + (left ?? TimeSpan.FromDays(1)));

    /// <summary>Moves the clock on until something has happened: what waits for it may not be waiting yet.</summary>
    internal async Task AdvanceUntilAsync(TimeSpan step, Func<bool> condition)
    {
        for (var steps = 0; !condition(); steps++)
        {
            Assert.InRange(steps, 0, 100_000);
            Time.Advance(step);
            await Task.Yield();
            if (steps % 100 == 99)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }
    }

    internal static Task PrefetchAsync(ISignatureCache cache, int conversation) =>
        cache.PrefetchAsync(Signatures.Key(conversation).ConversationId, TestContext.Current.CancellationToken).AsTask();

    internal static Task CommitAsync(ISignatureCache cache) => cache.CommitAsync(TestContext.Current.CancellationToken).AsTask();

    internal static string? Find(ISignatureCache cache, SignatureKey key) => cache.TryGet(key, out var entry) ? entry.Signature : null;
}
