using System.Globalization;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What the measured figures mean for many conversations a day.</summary>
internal static class PlanSection
{
    private const double ConversationsPerDay = 10_000_000;

    public static void AddTo(Report report, SimulatedTraffic traffic, MemoryFigures memory, Measured requests)
    {
        var request = new RequestFigures(
            requests.CpuMicrosecondsEach, requests.Each(static reading => reading.BytesIn), requests.Each(static reading => reading.BytesOut));
        var figures = TrafficSection.FiguresOf(traffic);
        var (week, day) = (PlanFor(7), PlanFor(1));
        var table = new MarkdownTable("time to live", "7 days", "1 day");
        Add("conversations kept, millions", static plan => plan.LiveConversations / 1e6);
        Add("memory, GB", static plan => plan.Bytes / 1e9);
        Add("shards", static plan => plan.Shards);
        Add("requests/s, mean", static plan => plan.RequestsPerSecond);
        Add("requests/s, peak", static plan => plan.PeakRequestsPerSecond);
        Add("peak of a shard: requests/s", static plan => plan.PeakRequestsPerShard);
        Add("peak of a shard: share of a core, %", static plan => plan.CoreShare * 100, 2);
        Add("peak of a shard: kB/s in", static plan => plan.PeakBytesInPerShard / 1e3);
        Add("peak of a shard: kB/s out", static plan => plan.PeakBytesOutPerShard / 1e3);
        Add("a slot: conversations", static plan => plan.ConversationsPerSlot);
        Add("a slot: MB", static plan => plan.BytesPerSlot / 1e6);
        Add("an index: conversations, millions", static plan => plan.ConversationsPerIndex / 1e6, 2);
        Add("an index: MB, in one slot", static plan => plan.BytesPerIndex / 1e6);
        Add("an index: puts/s at the peak", static plan => plan.PeakPutsPerIndex);
        report.AddHeading("The plan");
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"Computed from the above for {ConversationsPerDay:N0} new conversations a day. Assumed: a peak of {ClusterPlan.PeakFactor} times the mean, and "
            + $"at most {ClusterPlan.BytesPerShard / 1e9:N0} GB of data in a shard, on a node with twice that. Each shard has a replica, so there are twice as "
            + $"many nodes. CPU and bytes are those at half of saturation."));
        report.Add(table);

        ClusterPlan PlanFor(double days) => new(ConversationsPerDay, days, figures, memory, request);

        void Add(string name, Func<ClusterPlan, double> figure, int decimals = 0) =>
            table.Add(name, Text.Of(figure(week), decimals), Text.Of(figure(day), decimals));
    }
}
