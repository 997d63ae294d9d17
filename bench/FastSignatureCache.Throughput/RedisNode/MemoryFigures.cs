namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What a conversation takes on the server, in bytes.</summary>
/// <param name="Conversation">All in.</param>
/// <param name="Index">Of which its place in an index.</param>
internal sealed record MemoryFigures(double Conversation, double Index);
