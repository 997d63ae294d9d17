using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// A signature that a request lacks: under which part it may be kept, most certain first, and where it would go in each case.
/// </summary>
/// <param name="First">The most certain name of the part.</param>
/// <param name="FirstEdit">Where the signature kept under it goes.</param>
/// <param name="Second">Another name, if there is one.</param>
/// <param name="SecondEdit">Where the signature kept under that goes.</param>
/// <param name="InCurrentTurnOnly">Whether it matters only as long as its turn is the newest.</param>
internal readonly record struct RestorableSignature(
    PartReference First, BodyEdit FirstEdit, PartReference? Second, BodyEdit SecondEdit, bool InCurrentTurnOnly);
