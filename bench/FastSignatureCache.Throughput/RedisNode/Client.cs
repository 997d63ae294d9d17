using System.Diagnostics;
using HdrHistogram;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>
/// Goes through one new conversation after the other as a gateway does whose clients send no signatures back: every request but the first reads
/// the conversation, and every answer is kept.
/// </summary>
internal sealed class Client(Node node, SimulatedTraffic traffic, Load load, bool reads = true) : Caller
{
    private int _conversation = load.NewConversation();
    private int _step;

    public HistogramBase? Gets { get; init; }

    public HistogramBase? Puts { get; init; }

    public override async Task RequestAsync(int number)
    {
        var store = node.StoreOf(number);
        if (reads && _step > 0)
        {
            var start = Stopwatch.GetTimestamp();
            await store.GetAsync([SimulatedTraffic.IdOf(_conversation)], CancellationToken.None).ConfigureAwait(false);
            Record(Gets, start);
        }

        var startOfPut = Stopwatch.GetTimestamp();
        await store.PutAsync(traffic.Step(_conversation, _step), CancellationToken.None).ConfigureAwait(false);
        Record(Puts, startOfPut);
        if (++_step == traffic.StepsOf(_conversation))
        {
            (_conversation, _step) = (load.NewConversation(), 0);
        }
    }

    private static void Record(HistogramBase? histogram, long start) =>
        histogram?.RecordValue((long)Stopwatch.GetElapsedTime(start).TotalMicroseconds);
}
