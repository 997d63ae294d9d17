using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Conversations;

/// <summary>A place in a request where a signature stands or may have to stand.</summary>
internal readonly record struct SignaturePlace
{
    public const int MaxNames = 4;

    /// <summary>The number of a call's name by its id.</summary>
    private const int IdName = 1;

    /// <summary>The part that is signed, by its content.</summary>
    public PartReference Part { get; init; }

    /// <summary>A call by its id, when the client kept it.</summary>
    public PartReference? ById { get; init; }

    /// <summary>Puts the signature here, in the place of the client's own if it is signed.</summary>
    public BodyEdit SignHere { get; init; }

    /// <summary>Where an empty text part with the signature goes after a text; null where the protocol has no such thing.</summary>
    public BodyEdit? SignAfter { get; init; }

    /// <summary>Whether the client sent a signature of its own.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Whether this is the first call of its step: the one of several that providers sign.</summary>
    public bool IsFirstCall { get; init; }

    /// <summary>Whether nothing but tool results followed: what providers check.</summary>
    public bool IsInTurn { get; init; }

    /// <summary>The number of the entry of the conversation as its upstream counts, from 0.</summary>
    public int Entry { get; init; }

    /// <summary>The number of the part in its entry, from 0.</summary>
    public int Position { get; init; }

    /// <summary>Which of the model's steps it belongs to, from 0.</summary>
    public int Step { get; init; }

    /// <summary>Whether a signature may have been kept for it: thoughts and parallel calls have none of their own.</summary>
    public bool IsRestorable => Part.Kind is not PartKind.Thought && (IsFirstCall || Part.Kind is not PartKind.Call);

    /// <summary>The names by which the signature may be kept, most certain first.</summary>
    /// <param name="names">Room for <see cref="MaxNames"/>.</param>
    /// <returns>How many there are.</returns>
    public int WriteNames(Span<PartReference> names)
    {
        if (ById is { } byId)
        {
            names[0] = Part.AfterHistory();
            names[IdName] = CallIds.IsUnique(byId.CallId!) ? byId : byId.WithoutOccurrence();
            names[2] = Part.WithEditedHistory();
            return 3;
        }

        names[0] = Part.AfterHistory();
        names[1] = Part.WithEditedHistory();
        if (SignAfter is null)
        {
            return 2;
        }

        PartReference after = Part with { SignedLength = 0 };
        names[2] = after.AfterHistory();
        names[3] = after.WithEditedHistory();
        return 4;
    }

    /// <summary>
    /// Whether a signature kept under one of the names was issued for something else: for another call, where many have the id; or for an
    /// equal call of another id, unless the client's could be its own because the provider gave none or because it is anybody's.
    /// </summary>
    public bool IsContradictedBy(in SignatureContext kept, int name, ContentHash hash)
    {
        if (ById is not { CallId: { } id } byId)
        {
            return false;
        }

        return CallIds.IsUnique(id)
            ? name != IdName && kept.Occurrence != 0 && kept.Occurrence != PartReference.OccurrenceOfId(id, hash)
            : name == IdName && kept.Occurrence != byId.Context.Occurrence;
    }

    /// <summary>Where a signature goes that is kept under one of the names.</summary>
    public BodyEdit EditOf(int name) => name >= 2 && SignAfter is { } after ? after : SignHere;
}
