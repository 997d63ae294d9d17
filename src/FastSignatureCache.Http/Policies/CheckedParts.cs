namespace FastSignatureCache.Http;

/// <summary>Without whose signatures an upstream refuses a request.</summary>
[Flags]
public enum CheckedParts
{
    /// <summary>None: signatures may be missing, though the answers are better with them.</summary>
    None = 0,

    /// <summary>The first call of each step of the current turn.</summary>
    Calls = 1,

    /// <summary>The thinking before the calls of the current turn.</summary>
    Thinking = 2,
}
