namespace FastSignatureCache.Emulator.Conversations;

internal enum PartKind
{
    Text,
    Thought,

    /// <summary>A thought whose text the provider keeps to itself.</summary>
    Redacted,
    Call,
    Response,

    /// <summary>What a system message in the middle of a conversation says; it starts no turn.</summary>
    Instruction,
    Other,
}
