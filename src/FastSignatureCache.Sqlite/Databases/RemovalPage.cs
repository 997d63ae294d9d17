using FastSignatureCache.Stores;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>Notices of removals.</summary>
/// <param name="Position">Up to where they go.</param>
/// <param name="Removals">What others removed.</param>
internal sealed record RemovalPage(RemovalPosition Position, IReadOnlyList<StoreRemoval> Removals);
