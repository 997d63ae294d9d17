using System.Diagnostics;
using HdrHistogram;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>Times requests one after the other, in short turns, so that whatever else the machine does hits both contenders alike.</summary>
internal static class LatencyComparison
{
    private const int Requests = OverheadSettings.Turns * OverheadSettings.RequestsInTurn;
    private static readonly double NanosecondsPerTick = 1e9 / TimeSpan.TicksPerSecond;

    public static async Task<Compared> MeasureAsync(Pair pair, OverheadSettings settings)
    {
        Console.Error.WriteLine($"latency: {pair.Scenario.Name}");
        var (bare, gateway) = (pair.Bare, pair.Gateway);
        var before = (await bare.Proxy.ReadUsageAsync().ConfigureAwait(false), await gateway.Proxy.ReadUsageAsync().ConfigureAwait(false));
        var rounds = new List<(Round Bare, Round Gateway)>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            rounds.Add(await MeasureRoundAsync(bare, gateway).ConfigureAwait(false));
        }

        var requests = settings.Rounds * Requests;
        return new Compared(
            rounds,
            PerRequest.Of(await bare.Proxy.ReadUsageAsync().ConfigureAwait(false) - before.Item1, requests),
            PerRequest.Of(await gateway.Proxy.ReadUsageAsync().ConfigureAwait(false) - before.Item2, requests));
    }

    public static async Task WarmUpAsync(Pair pair)
    {
        var (start, unused) = (Stopwatch.GetTimestamp(), NewHistogram());
        while (Stopwatch.GetElapsedTime(start) < OverheadSettings.WarmUp)
        {
            await TakeTurnAsync(pair.Bare, unused).ConfigureAwait(false);
            await TakeTurnAsync(pair.Gateway, unused).ConfigureAwait(false);
        }
    }

    private static async Task<(Round Bare, Round Gateway)> MeasureRoundAsync(Contender bare, Contender gateway)
    {
        var (ofBare, ofGateway) = (NewHistogram(), NewHistogram());
        for (var turn = 0; turn < OverheadSettings.Turns; turn++)
        {
            // Each is as often after itself as after the other.
            if (turn % 2 == 0)
            {
                await TakeTurnAsync(bare, ofBare).ConfigureAwait(false);
                await TakeTurnAsync(gateway, ofGateway).ConfigureAwait(false);
            }
            else
            {
                await TakeTurnAsync(gateway, ofGateway).ConfigureAwait(false);
                await TakeTurnAsync(bare, ofBare).ConfigureAwait(false);
            }
        }

        return (Round.Of(ofBare), Round.Of(ofGateway));
    }

    private static async Task TakeTurnAsync(Contender contender, LongHistogram histogram)
    {
        for (var i = 0; i < OverheadSettings.RequestsInTurn; i++)
        {
            var elapsed = await contender.CallAsync().ConfigureAwait(false);
            histogram.RecordValue((long)(elapsed.Ticks * NanosecondsPerTick));
        }
    }

    private static LongHistogram NewHistogram() => new(TimeSpan.FromSeconds(60).Ticks * 100, numberOfSignificantValueDigits: 3);
}
