namespace FastSignatureCache;

/// <summary>A page of a listing.</summary>
/// <param name="Entries">The entries, in no order.</param>
/// <param name="NextCursor">Where the next page begins; null when this is the last. A page may be empty and not the last.</param>
public sealed record SignatureEntryPage(IReadOnlyList<CachedSignature> Entries, string? NextCursor);
