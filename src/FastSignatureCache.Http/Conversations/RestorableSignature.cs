namespace FastSignatureCache.Http.Conversations;

/// <summary>A signature that a request lacks.</summary>
/// <param name="Names">The names by which it may be kept, most certain first; at most <see cref="MaxNames"/>.</param>
internal readonly record struct RestorableSignature(RestorableName[] Names)
{
    public const int MaxNames = 4;
}
