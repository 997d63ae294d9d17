using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Gateway.Storage;

/// <summary>Finds out where signatures are to be kept. What is not there or not usable costs durability, and never the start.</summary>
internal static class SignaturePlaces
{
    private const string MemoryOnly = "memory only; a restart forgets them";

    public static async Task<SignaturePlace> FindAsync(
        GatewayOptions options, TimeProvider timeProvider, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var store = options.Store;
        if (store.Redis is not null)
        {
            return new($"Redis at {string.Join(", ", RedisStoreSettings.Of(store).GetEndpoints())}, written {Durability(store)}");
        }

        if (store.KeepsNoFile())
        {
            return new(MemoryOnly);
        }

        var folder = new DataFolder(store.Data, timeProvider, loggers.CreateLogger<DataFolder>());
        return await folder.OpenAsync(needsSecret: options.Restoration.Secret is null, cancellationToken).ConfigureAwait(false) is { } open
            ? new($"{SignatureStores.DatabaseIn(open.Path)}, written {Durability(store)}", open.Path, open.Secret)
            : new(MemoryOnly);
    }

    private static string Durability(StoreOptions store) =>
        store.Durability == Stores.StoreDurability.WrittenThrough ? "through" : "behind";
}
