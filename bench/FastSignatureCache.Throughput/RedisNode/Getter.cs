namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>Reads conversations drawn at random.</summary>
internal sealed class Getter(Node node, int conversations) : Caller
{
    private readonly Random _random = new();

    public override async Task RequestAsync(int number) => await node.StoreOf(number)
        .GetAsync([SimulatedTraffic.IdOf(_random.Next(conversations))], CancellationToken.None)
        .ConfigureAwait(false);
}
