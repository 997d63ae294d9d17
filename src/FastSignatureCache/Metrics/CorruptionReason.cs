namespace FastSignatureCache;

/// <summary>How a corruption was noticed.</summary>
public enum CorruptionReason
{
    /// <summary>A put was refused: the value is not a well-formed signature.</summary>
    MalformedPut,

    /// <summary>An entry was reported, because the provider refused it.</summary>
    Reported,
}
