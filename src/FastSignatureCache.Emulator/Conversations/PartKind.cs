namespace FastSignatureCache.Emulator.Conversations;

internal enum PartKind
{
    Text,
    Thought,
    Call,
    Response,
    Other,
}
