namespace FastSignatureCache;

/// <summary>Why an entry left the cache.</summary>
public enum RemovalReason
{
    /// <summary>To make room: the cache was at its capacity.</summary>
    Capacity,

    /// <summary>To make room: the cache was at its budget of bytes.</summary>
    Bytes,

    /// <summary>Its time to live had passed.</summary>
    Expired,

    /// <summary>It was reported as corrupted.</summary>
    Corrupted,

    /// <summary>Another signature was put in its place, or more beside it than one key can hold. The key stays.</summary>
    Replaced,

    /// <summary>It was removed by its key.</summary>
    Removed,

    /// <summary>Everything was removed.</summary>
    Cleared,
}
