namespace FastSignatureCache.Emulator.Tests.Support;

/// <summary>The form in which a client asks for an answer.</summary>
public enum Form
{
    Json,
    JsonArray,
    Sse,
}
