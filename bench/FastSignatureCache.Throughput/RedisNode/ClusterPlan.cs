namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What a cluster needs for so many conversations a day: arithmetic, from what one node takes.</summary>
/// <param name="ConversationsPerDay">How many conversations are begun in a day.</param>
/// <param name="DaysToLive">How long each is kept. That a conversation lasts itself is left out: it is minutes.</param>
/// <param name="Traffic">What a conversation comes to.</param>
/// <param name="Memory">What it takes.</param>
/// <param name="Request">What a request of it costs.</param>
internal sealed record ClusterPlan(
    double ConversationsPerDay, double DaysToLive, ConversationFigures Traffic, MemoryFigures Memory, RequestFigures Request)
{
    public const double Slots = 16_384;

    /// <summary>How many index tags the store has.</summary>
    public const int Indexes = 16;

    /// <summary>How much busier the busiest hour is than the mean.</summary>
    public const double PeakFactor = 3;

    /// <summary>What a shard may hold: half of a node of 32 GB, because a fork, buffers and fragmentation want the rest at their worst.</summary>
    public const double BytesPerShard = 16e9;

    // Fewer primaries than that can't agree on a failover.
    private const int LeastShards = 3;
    private const double SecondsPerDay = 86_400;

    public double LiveConversations => ConversationsPerDay * DaysToLive;

    public double Bytes => LiveConversations * Memory.Conversation;

    public double Shards => Math.Max(LeastShards, Math.Ceiling(Bytes / BytesPerShard));

    public double RequestsPerSecond => ConversationsPerDay * Traffic.Steps / SecondsPerDay;

    public double PeakRequestsPerSecond => RequestsPerSecond * PeakFactor;

    public double PeakRequestsPerShard => PeakRequestsPerSecond / Shards;

    /// <summary>Of a shard's main thread, at the peak.</summary>
    public double CoreShare => PeakRequestsPerShard * Request.CpuMicroseconds / 1e6;

    public double PeakBytesInPerShard => PeakRequestsPerShard * Request.BytesIn;

    public double PeakBytesOutPerShard => PeakRequestsPerShard * Request.BytesOut;

    public double ConversationsPerSlot => LiveConversations / Slots;

    public double BytesPerSlot => Bytes / Slots;

    public double ConversationsPerIndex => LiveConversations / Indexes;

    public double BytesPerIndex => ConversationsPerIndex * Memory.Index;

    public double PeakPutsPerIndex => PeakRequestsPerSecond / Indexes;
}
