namespace FastSignatureCache.Http.Conversations;

/// <summary>Who speaks in one entry of a conversation, in the terms that all protocols share.</summary>
internal enum Role : byte
{
    /// <summary>The human or the calling program; also where Gemini's clients put tool results.</summary>
    User,

    /// <summary>The model: Gemini's <c>model</c>, OpenAI's <c>assistant</c>.</summary>
    Model,

    /// <summary>Tool results that have a role of their own.</summary>
    Tool,

    /// <summary>Instructions: OpenAI's <c>system</c> and <c>developer</c>.</summary>
    System,
}
