using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Conversations;

/// <summary>One part of an entry as a protocol read it from a request body.</summary>
internal struct TranscriptPart
{
    public PartKind Kind;

    /// <summary>Identity of a call, content of a result or of anything else; unused for text.</summary>
    public UInt128 Hash;

    /// <summary>The provider's id of a call, when the client kept it.</summary>
    public string? CallId;

    /// <summary>Where the text's JSON string token starts in the body, its quote included; 0 for an empty text.</summary>
    public int TextStart;

    /// <summary>Length of that token with both quotes.</summary>
    public int TextLength;

    /// <summary>Whether the client sent a signature of its own with this part. It always wins.</summary>
    public bool IsSigned;

    /// <summary>Where the part's signature goes, if it isn't signed.</summary>
    public BodyEdit SignHere;

    /// <summary>Where an empty text part with the signature goes after this one; null where the protocol has no such thing.</summary>
    public BodyEdit? SignAfter;
}
