namespace FastSignatureCache.Emulator.Hosting;

/// <summary>How the events of an answer are laid out in its body.</summary>
internal enum StreamForm
{
    None,
    JsonArray,
    Sse,
}
