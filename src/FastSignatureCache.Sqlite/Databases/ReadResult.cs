using FastSignatureCache.Stores;

namespace FastSignatureCache.Sqlite.Databases;

/// <summary>What a read found.</summary>
/// <param name="Signatures">The signatures.</param>
/// <param name="Damaged">The ids of rows that are not what was written.</param>
/// <param name="Next">Where an enumeration goes on, or null at its end.</param>
internal sealed record ReadResult(List<StoredSignature> Signatures, List<long> Damaged, long? Next = null);
