namespace FastSignatureCache.Verification.Model;

/// <summary>By which overload a signature is put.</summary>
public enum PutForm
{
    Text,
    Characters,
    Bytes,
}
