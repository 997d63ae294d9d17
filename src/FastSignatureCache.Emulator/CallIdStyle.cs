namespace FastSignatureCache.Emulator;

/// <summary>How an answer names its calls.</summary>
public enum CallIdStyle
{
    /// <summary>No id is ever issued twice.</summary>
    Unique,

    /// <summary>No ids, as Gemini's native route often answers.</summary>
    None,

    /// <summary>Made of the tool's name (<c>call_Read</c>) and so the same in every conversation, as some proxies do.</summary>
    ByName,
}
