namespace FastSignatureCache.Http.Conversations;

/// <summary>What one part of a conversation entry is.</summary>
internal enum PartKind : byte
{
    /// <summary>Text that the reader of the conversation sees.</summary>
    Text,

    /// <summary>A summary of the model's reasoning. Clients drop these, so they never count for identity.</summary>
    Thought,

    /// <summary>A tool call.</summary>
    Call,

    /// <summary>The result of a tool call.</summary>
    Result,

    /// <summary>Anything else: images, files, code.</summary>
    Other,
}
