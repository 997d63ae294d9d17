namespace FastSignatureCache.Http.Conversations;

/// <summary>A part and what stood before it: a key that lacks only its conversation and model.</summary>
internal readonly record struct PartReference(string PartId, SignatureContext Context)
{
    public ContextualKey In(string conversationId, string modelId) =>
        new(new SignatureKey(conversationId, modelId, PartId), Context);
}
