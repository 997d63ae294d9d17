namespace FastSignatureCache.Http.Bodies;

/// <summary>A signature and the place where it goes.</summary>
internal readonly record struct Insertion(BodyEdit Edit, CachedSignature Signature)
{
    public int Length => Edit.Prefix.Length + Signature.Length + Edit.Suffix.Length;
}
