using System.Globalization;

namespace FastSignatureCache.Http.Conversations;

/// <summary>A part and what stood before it: a key that lacks only its conversation and model.</summary>
internal readonly record struct PartReference(string PartId, SignatureContext Context)
{
    /// <summary>
    /// The part after exactly what stood before it. Only twins, equal up to here, share this key, so any number of look-alikes
    /// that differ in their history leave each other room.
    /// </summary>
    public ContextualKey AfterHistory(string conversationId, string modelId) => new(
        new SignatureKey(conversationId, modelId, string.Create(CultureInfo.InvariantCulture, $"{PartId}@{Context.History:x16}")), Context);

    /// <summary>The part wherever it stands.</summary>
    public ContextualKey Anywhere(string conversationId, string modelId) =>
        new(new SignatureKey(conversationId, modelId, PartId), Context);

    /// <summary>
    /// What to ask for when <see cref="AfterHistory"/> has no answer: the part wherever it stands, unless its history is all that
    /// speaks for it. One that agrees may be what is left of twins, the others having been dropped for want of room.
    /// </summary>
    public ContextualKey AnywhereElse(string conversationId, string modelId) =>
        new(new SignatureKey(conversationId, modelId, PartId), Context with { History = ~Context.History });
}
