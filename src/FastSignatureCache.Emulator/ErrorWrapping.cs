namespace FastSignatureCache.Emulator;

/// <summary>
/// What an intermediary makes of a provider's refusal before it reaches the client. Faults that are injected stay as they are.
/// </summary>
public enum ErrorWrapping
{
    /// <summary>Nothing: the provider's own body under its own status.</summary>
    None,

    /// <summary>The body in a JSON array, as Google does in some streams; one that is an array already stays so.</summary>
    JsonArray,

    /// <summary>A 429 of Google's shape, whose message is the body as a string.</summary>
    TooManyRequests,

    /// <summary>A 500 of OpenRouter's shape, whose <c>metadata.raw</c> is the body as a string.</summary>
    ServerError,
}
