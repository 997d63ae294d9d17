using System.Globalization;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// A part and what stood before it: a key that lacks only its conversation and model. The key's text is made when it is asked for,
/// which is only where a signature is looked up or kept.
/// </summary>
/// <param name="Kind">What the part is.</param>
/// <param name="Content">Identity of a call, the whole text, or the hash of <paramref name="CallId"/> where that is what names it.</param>
/// <param name="CallId">The provider's id of the call, if that is what names it.</param>
/// <param name="Earlier">How many equal ones the turn had before.</param>
/// <param name="SignedLength">How many bytes of a text stand in the signed part itself.</param>
/// <param name="Context">What stood before.</param>
/// <param name="IsAfterHistory">Whether it is named by what stood before it, too.</param>
internal readonly record struct PartReference(
    PartKind Kind, UInt128 Content, string? CallId, int Earlier, int SignedLength, SignatureContext Context, bool IsAfterHistory = false)
{
    /// <summary>An occurrence that nothing kept has: only what stood before the part says which it is.</summary>
    public const int NoOccurrence = -1;

    /// <summary>
    /// A call by the provider's id. Some providers give the same id to many calls, so the occurrence says what it calls too.
    /// </summary>
    public static PartReference OfCallId(
        string callId, UInt128 call, in TranscriptState before, Occurrences occurrences, ContentHash hash)
    {
        UInt128 id = hash.CallId(callId);
        return new PartReference(
            PartKind.Call, id, callId, occurrences.InTurnOf(id), 0, new SignatureContext(before.History, before.Turn, (int)(uint)call));
    }

    /// <summary>
    /// The part after exactly what stood before it. Only twins, equal up to here, share this name, so any number of look-alikes
    /// that differ in their history leave each other room.
    /// </summary>
    public PartReference AfterHistory() => this with { IsAfterHistory = true };

    /// <summary>
    /// The part for whoever has edited the history since. One whose history does agree was to be found by it; here it may be what is
    /// left of twins.
    /// </summary>
    public PartReference WithEditedHistory() => this with { Context = Context with { History = ~Context.History } };

    /// <summary>
    /// What the occurrence says of a part that is kept by its content: which id the provider gave the call, 0 for none. A part is never
    /// looked up by it, since equal parts of one turn have names of their own.
    /// </summary>
    public static int OccurrenceOfId(string? callId, ContentHash hash) => callId is null ? 0 : (int)((uint)hash.CallId(callId) | 1);

    public PartReference WithoutOccurrence() => this with { Context = Context with { Occurrence = NoOccurrence } };

    /// <param name="conversationId">The conversation.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="prefix">Hash of what belongs to the history and only the whole request tells.</param>
    /// <param name="instructions">Hash of the instructions, which belong to the turn: agents of one session are told the same and do the same.</param>
    public ContextualKey In(string conversationId, string modelId, ulong prefix, UInt128 instructions)
    {
        SignatureContext context = Context with { History = Context.History ^ prefix, Turn = Context.Turn ^ (ulong)instructions };
        string id = CallId is null ? PartId.Of(Kind, Content, Earlier, SignedLength) : PartId.OfCallId(CallId, Content, Earlier);
        return new ContextualKey(
            new SignatureKey(
                conversationId, modelId, IsAfterHistory ? string.Create(CultureInfo.InvariantCulture, $"{id}@{context.History:x16}") : id),
            context);
    }
}
