namespace FastSignatureCache.Verification.Model;

/// <summary>Why a put is to be refused.</summary>
public enum PutFault
{
    Malformed,
    TooLong,
    Placeholder,
}
