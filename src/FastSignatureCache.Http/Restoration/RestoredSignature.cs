namespace FastSignatureCache.Http.Restoration;

/// <summary>A signature that was found for a place, and the number of the place's name that it is kept by.</summary>
internal readonly record struct RestoredSignature(CachedSignature Signature, int Name);
