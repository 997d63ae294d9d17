using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Conversations;

/// <summary>A name by which a missing signature may be kept, and where one that is kept by it goes.</summary>
internal readonly record struct RestorableName(PartReference Part, BodyEdit Edit);
