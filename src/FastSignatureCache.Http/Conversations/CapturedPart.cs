namespace FastSignatureCache.Http.Conversations;

/// <summary>One part of a model's step as it came in an answer.</summary>
internal struct CapturedPart
{
    public PartKind Kind;

    /// <summary>Identity of the call, or the whole text.</summary>
    public UInt128 Hash;

    /// <summary>The provider's id of a call, if it gave one.</summary>
    public string? CallId;

    /// <summary>How many bytes of a text stood in the piece that was signed.</summary>
    public int SignedLength;

    public string? Signature;
}
