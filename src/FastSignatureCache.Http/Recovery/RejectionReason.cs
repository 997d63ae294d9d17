namespace FastSignatureCache.Http.Recovery;

/// <summary>Why an upstream refused a request because of a signature.</summary>
internal enum RejectionReason
{
    /// <summary>A part that must have one has none.</summary>
    Missing,

    /// <summary>One is not valid, or not for this conversation.</summary>
    Invalid,

    /// <summary>One is no base64.</summary>
    Undecodable,

    /// <summary>A block of thinking has none.</summary>
    Incomplete,

    /// <summary>Signed content was altered.</summary>
    Modified,
}
