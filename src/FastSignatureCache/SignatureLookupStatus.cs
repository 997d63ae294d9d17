namespace FastSignatureCache;

/// <summary>What a look-up came to. Everything but <see cref="Hit"/> counts as a miss.</summary>
public enum SignatureLookupStatus
{
    /// <summary>A live, well-formed signature of this very conversation, model and part.</summary>
    Hit,

    /// <summary>Nothing is kept under the key.</summary>
    Miss,

    /// <summary>
    /// What was kept is not a well-formed signature. A cache that checks the format before it keeps a value, as
    /// <see cref="SignatureCache"/> does, has nothing malformed to find; it is for caches that read a store.
    /// </summary>
    Malformed,

    /// <summary>The signature's time to live has passed.</summary>
    Expired,

    /// <summary>What was found belongs to another conversation.</summary>
    ConversationMismatch,

    /// <summary>What was found belongs to another model.</summary>
    ModelMismatch,

    /// <summary>Several signatures are kept under the key, or one that may be another conversation's, and the context settles nothing.</summary>
    Ambiguous,
}
