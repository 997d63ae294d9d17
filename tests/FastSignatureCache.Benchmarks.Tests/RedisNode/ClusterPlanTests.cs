using FastSignatureCache.Bench.Throughput.RedisNode;

namespace FastSignatureCache.Bench.RedisNode;

public static class ClusterPlanTests
{
    private static readonly ClusterPlan Plan = new(
        ConversationsPerDay: 8_640_000,
        DaysToLive: 2,
        new ConversationFigures(Turns: 2, Steps: 10, Entries: 25, EntriesRead: 20),
        new MemoryFigures(Conversation: 10_000, Index: 200),
        new RequestFigures(CpuMicroseconds: 100, BytesIn: 1_000, BytesOut: 2_000));

    [Fact]
    public static void Memory_IsWhatLivesAtOnce()
    {
        Assert.Equal(17_280_000, Plan.LiveConversations);
        Assert.Equal(172.8e9, Plan.Bytes);
        Assert.Equal(11, Plan.Shards);
        Assert.Equal(172.8e9 / 16_384, Plan.BytesPerSlot);
        Assert.Equal(17_280_000 / 16 * 200, Plan.BytesPerIndex);
    }

    [Fact]
    public static void Rates_AreThoseOfThePeak_AndSharedByTheShards()
    {
        Assert.Equal(1_000, Plan.RequestsPerSecond);
        Assert.Equal(3_000, Plan.PeakRequestsPerSecond);
        Assert.Equal(0.3 / 11, Plan.CoreShare, 12);
        Assert.Equal(6e6 / 11, Plan.PeakBytesOutPerShard, 6);
        Assert.Equal(3_000 / 16.0, Plan.PeakPutsPerIndex);
    }

    [Fact]
    public static void ALittle_StillTakesThreeShards() => Assert.Equal(3, (Plan with { ConversationsPerDay = 1 }).Shards);
}
