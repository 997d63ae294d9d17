using System.Globalization;

namespace FastSignatureCache.Http.Conversations;

/// <summary>A part and what stood before it: a key that lacks only its conversation and model.</summary>
internal readonly record struct PartReference(string PartId, SignatureContext Context)
{
    /// <summary>
    /// A call by the provider's id. Some providers give the same id to many calls, so where the history has been edited a lone
    /// candidate has to agree in what it calls too.
    /// </summary>
    public static PartReference OfCallId(
        string callId, UInt128 call, in TranscriptState before, Occurrences occurrences, ContentHash hash)
    {
        UInt128 id = hash.CallId(callId);
        int agreement = (int)(uint)(call + (UInt128)(uint)occurrences.Of(id));
        return new PartReference(
            Conversations.PartId.OfCallId(callId, occurrences.InTurnOf(id), hash), new SignatureContext(before.History, before.Turn, agreement));
    }

    /// <summary>
    /// The part after exactly what stood before it. Only twins, equal up to here, share this name, so any number of look-alikes
    /// that differ in their history leave each other room.
    /// </summary>
    public PartReference AfterHistory() =>
        this with { PartId = string.Create(CultureInfo.InvariantCulture, $"{PartId}@{Context.History:x16}") };

    /// <summary>
    /// The part for whoever has edited the history since. One whose history does agree was to be found by it; here it may be what is
    /// left of twins.
    /// </summary>
    public PartReference WithEditedHistory() => this with { Context = Context with { History = ~Context.History } };

    public ContextualKey In(string conversationId, string modelId) => new(new SignatureKey(conversationId, modelId, PartId), Context);
}
