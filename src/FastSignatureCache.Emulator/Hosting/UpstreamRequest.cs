using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>A request that has been read.</summary>
/// <param name="Route">What its path says.</param>
/// <param name="Conversation">What its body says.</param>
/// <param name="Stream">The form of stream that it asks for.</param>
/// <param name="IncludeUsage">Whether an OpenAI stream ends with a usage chunk.</param>
internal sealed record UpstreamRequest(UpstreamRoute Route, Conversation Conversation, StreamForm Stream, bool IncludeUsage = false);
