namespace FastSignatureCache.Http.Conversations;

/// <summary>A signature that a request lacks.</summary>
/// <param name="Names">The names by which it may be kept, most certain first; at most <see cref="MaxNames"/>.</param>
/// <param name="InCurrentTurnOnly">Whether it matters only as long as its turn is the newest.</param>
internal readonly record struct RestorableSignature(RestorableName[] Names, bool InCurrentTurnOnly)
{
    public const int MaxNames = 4;
}
