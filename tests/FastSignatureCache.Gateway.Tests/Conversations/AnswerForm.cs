namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>The form in which a client asks for its answers.</summary>
public enum AnswerForm
{
    Json,
    ServerSentEvents,

    /// <summary>Of the native protocol only.</summary>
    JsonArray,
}
