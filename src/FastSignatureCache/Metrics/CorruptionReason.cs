namespace FastSignatureCache;

/// <summary>How a corruption was noticed.</summary>
public enum CorruptionReason
{
    /// <summary>A put was refused: the value is not a well-formed signature.</summary>
    MalformedPut,

    /// <summary>An entry was reported, because the provider refused it; nobody said how.</summary>
    Reported,

    /// <summary>An entry was reported: the provider says that the signature is not valid.</summary>
    Invalid,

    /// <summary>An entry was reported: the provider can't decode the signature as base64.</summary>
    Undecodable,

    /// <summary>An entry was reported: the provider says that the content it signed was altered.</summary>
    Modified,

    /// <summary>An entry was reported: the provider says that the signature is missing, though it was put back.</summary>
    Incomplete,
}
