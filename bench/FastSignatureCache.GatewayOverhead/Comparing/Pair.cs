using FastSignatureCache.Bench.GatewayOverhead.Exchanges;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>Both contenders in one scenario.</summary>
internal sealed record Pair(Scenario Scenario, Contender Bare, Contender Gateway)
{
    /// <summary>Prepares all scenarios, and lets the proxies run until their code is compiled for good.</summary>
    /// <remarks>All of them before the first is measured: what they share is compiled again as long as something new comes.</remarks>
    public static async Task<IReadOnlyList<Pair>> PrepareAsync(IEnumerable<Scenario> scenarios, Uri upstream, Proxy bare, Proxy gateway)
    {
        var pairs = new List<Pair>();
        foreach (var scenario in scenarios)
        {
            Console.Error.WriteLine($"warming up: {scenario.Name}");
            var pair = new Pair(
                scenario,
                await Contender.CreateAsync(bare, scenario, upstream).ConfigureAwait(false),
                await Contender.CreateAsync(gateway, scenario, upstream).ConfigureAwait(false));
            await (scenario.Measured.IsStream ? LatencyComparison.WarmUpAsync(pair) : SaturationComparison.WarmUpAsync(pair)).ConfigureAwait(false);
            pairs.Add(pair);
        }

        return pairs;
    }
}
