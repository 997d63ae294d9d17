namespace FastSignatureCache.Emulator;

/// <summary>
/// Where an answer puts the signature of a call. Providers do each of these. A request must have it on the call, or where the
/// answer had it.
/// </summary>
public enum SignaturePlacement
{
    /// <summary>On the call itself.</summary>
    OnCall,

    /// <summary>
    /// In a later event of the stream than the call: an empty text part on the native route, a delta of its own on the OpenAI
    /// routes. Answers that are not streamed have it on the call.
    /// </summary>
    LaterEvent,

    /// <summary>On a thought part before the call, on the native route. On the OpenAI routes the same as <see cref="OnCall"/>.</summary>
    ThoughtPart,

    /// <summary>
    /// In pieces over several deltas of an OpenAI stream. Elsewhere, and in OpenRouter's form, the same as <see cref="OnCall"/>.
    /// </summary>
    Split,

    /// <summary>Whole, on every delta of the call in an OpenAI stream. Elsewhere the same as <see cref="OnCall"/>.</summary>
    Repeated,
}
