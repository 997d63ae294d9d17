using System.Diagnostics;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>Requests a second with as many in flight as keep the machine busy, in turns.</summary>
internal static class SaturationComparison
{
    public static async Task WarmUpAsync(Pair pair)
    {
        Caller[] ofBare = NewCallers(pair.Bare), ofGateway = NewCallers(pair.Gateway);
        for (var elapsed = TimeSpan.Zero; elapsed < OverheadSettings.WarmUp; elapsed += 2 * OverheadSettings.Slice)
        {
            await RateAsync(pair.Bare, ofBare).ConfigureAwait(false);
            await RateAsync(pair.Gateway, ofGateway).ConfigureAwait(false);
        }
    }

    public static async Task<Saturated> MeasureAsync(Pair pair, OverheadSettings settings)
    {
        Console.Error.WriteLine($"saturation: {pair.Scenario.Name}");
        var (bare, gateway) = (pair.Bare, pair.Gateway);
        Caller[] ofBare = NewCallers(bare), ofGateway = NewCallers(gateway);
        var rates = new List<(double Bare, double Gateway)>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            if (round % 2 == 0)
            {
                var rate = await RateAsync(bare, ofBare).ConfigureAwait(false);
                rates.Add((rate, await RateAsync(gateway, ofGateway).ConfigureAwait(false)));
            }
            else
            {
                var rate = await RateAsync(gateway, ofGateway).ConfigureAwait(false);
                rates.Add((await RateAsync(bare, ofBare).ConfigureAwait(false), rate));
            }
        }

        return new Saturated(rates);
    }

    private static Caller[] NewCallers(Contender contender) =>
        [.. Enumerable.Range(0, OverheadSettings.InFlight).Select(_ => contender.NewCaller())];

    private static async Task<double> RateAsync(Contender contender, Caller[] callers)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(callers.Select(caller => Task.Run(() => CallOnAsync(caller)))).ConfigureAwait(false);
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task<long> CallOnAsync(Caller caller)
        {
            long calls = 0;
            for (; Stopwatch.GetElapsedTime(start) < OverheadSettings.Slice; calls++)
            {
                await contender.CallAsync(caller).ConfigureAwait(false);
            }

            return calls;
        }
    }
}
