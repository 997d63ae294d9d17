namespace FastSignatureCache.Bench.Workloads;

/// <summary>What a request brings: the conversation and the model, as two strings and as slices of one text.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="ModelId">The model.</param>
/// <param name="Joined">Both, joined by a colon: the floor's key, and the text that the spans are slices of.</param>
public readonly record struct RequestKey(string ConversationId, string ModelId, string Joined)
{
    /// <summary>A key of these two.</summary>
    public static RequestKey Of(string conversationId, string modelId) => new(conversationId, modelId, $"{conversationId}:{modelId}");

    /// <summary>The conversation as a slice of a longer text.</summary>
    public ReadOnlySpan<char> ConversationSpan => Joined.AsSpan(0, ConversationId.Length);

    /// <summary>The model as a slice of a longer text.</summary>
    public ReadOnlySpan<char> ModelSpan => Joined.AsSpan(ConversationId.Length + 1);

    /// <summary>
    /// The same text in strings of its own. A request's strings are never the very instances that a cache holds, and comparing a string
    /// with itself costs nothing: whoever measures with the same instances measures too little.
    /// </summary>
    public RequestKey Copy() => new(new string(ConversationId.AsSpan()), new string(ModelId.AsSpan()), new string(Joined.AsSpan()));
}
