namespace FastSignatureCache.Sqlite.Databases;

/// <summary>Up to where notices of removals were read.</summary>
/// <param name="Generation">The number of the file: one that takes its place begins anew.</param>
/// <param name="Id">The last notice's id.</param>
internal sealed record RemovalPosition(long Generation, long Id);
