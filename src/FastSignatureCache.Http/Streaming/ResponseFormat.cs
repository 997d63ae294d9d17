namespace FastSignatureCache.Http.Streaming;

/// <summary>How an answer is framed.</summary>
internal enum ResponseFormat
{
    /// <summary>One JSON object, or an array of them that arrives bit by bit.</summary>
    Json,

    /// <summary>Server-sent events with a JSON object each.</summary>
    EventStream,
}
