namespace FastSignatureCache.Emulator.Hosting;

/// <summary>Whose form of a protocol a path belongs to.</summary>
internal enum Dialect
{
    AiStudio,
    Vertex,
    OpenRouter,
    Anthropic,
}
