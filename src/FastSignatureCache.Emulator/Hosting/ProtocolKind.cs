namespace FastSignatureCache.Emulator.Hosting;

internal enum ProtocolKind
{
    Gemini,
    OpenAi,
    Anthropic,
}
