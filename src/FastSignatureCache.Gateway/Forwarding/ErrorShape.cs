namespace FastSignatureCache.Gateway.Forwarding;

/// <summary>How a protocol writes an error, so that a client's own error handling understands the gateway's.</summary>
internal enum ErrorShape
{
    /// <summary>OpenAI's: <c>{"error":{"message","type","param","code"}}</c>.</summary>
    OpenAi,

    /// <summary>Google's: <c>{"error":{"code","message","status"}}</c>.</summary>
    Google,

    /// <summary>Google's in an array, where the answer would have been one.</summary>
    GoogleArray,

    /// <summary>Anthropic's: <c>{"type":"error","error":{"type","message"}}</c>.</summary>
    Anthropic,
}
