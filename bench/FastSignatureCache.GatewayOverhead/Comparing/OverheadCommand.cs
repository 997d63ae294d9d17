using FastSignatureCache.Bench.GatewayOverhead.Exchanges;
using FastSignatureCache.Bench.GatewayOverhead.Hosts;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>Starts the servers and measures all scenarios.</summary>
internal static class OverheadCommand
{
    public static async Task<Report> MeasureAsync(IReadOnlyList<Scenario> scenarios, OverheadSettings settings)
    {
        var report = new OverheadReport();
        var upstream = await HostProcess.StartAsync(HostRole.Upstream).ConfigureAwait(false);
        await using var ofUpstream = upstream.ConfigureAwait(false);
        var bare = await Proxy.StartBareAsync(upstream.Address).ConfigureAwait(false);
        await using var ofBare = bare.ConfigureAwait(false);
        var gateway = await Proxy.StartGatewayAsync(upstream.Address).ConfigureAwait(false);
        await using (gateway.ConfigureAwait(false))
        {
            var pairs = await Pair.PrepareAsync(scenarios, upstream.Address, bare, gateway).ConfigureAwait(false);
            foreach (var pair in pairs)
            {
                report.Add(pair.Scenario, await LatencyComparison.MeasureAsync(pair, settings).ConfigureAwait(false));
            }

            foreach (var pair in pairs.Where(static pair => !pair.Scenario.Measured.IsStream))
            {
                report.Add(pair.Scenario, await SaturationComparison.MeasureAsync(pair, settings).ConfigureAwait(false));
            }
        }

        await MeasureReadingAsync(report, scenarios, settings, upstream.Address, bare).ConfigureAwait(false);
        await MeasureStoredAsync(report, scenarios, settings, upstream.Address, bare).ConfigureAwait(false);
        return report.ToReport(settings);
    }

    private static async Task MeasureReadingAsync(
        OverheadReport report, IReadOnlyList<Scenario> scenarios, OverheadSettings settings, Uri upstream, Proxy bare)
    {
        var reading = await Proxy.StartReadingAsync(upstream).ConfigureAwait(false);
        await using (reading.ConfigureAwait(false))
        {
            var unrepaired = scenarios.Where(static scenario => !scenario.Measured.IsStream && !scenario.IsRepaired);
            foreach (var pair in await Pair.PrepareAsync(unrepaired, upstream, bare, reading).ConfigureAwait(false))
            {
                report.AddReading(
                    pair.Scenario,
                    await LatencyComparison.MeasureAsync(pair, settings).ConfigureAwait(false),
                    await SaturationComparison.MeasureAsync(pair, settings).ConfigureAwait(false));
            }
        }
    }

    private static async Task MeasureStoredAsync(
        OverheadReport report, IReadOnlyList<Scenario> scenarios, OverheadSettings settings, Uri upstream, Proxy bare)
    {
        var folder = Directory.CreateTempSubdirectory("fsc-bench-");
        try
        {
            var gateway = await Proxy.StartGatewayAsync(upstream, folder.FullName).ConfigureAwait(false);
            await using (gateway.ConfigureAwait(false))
            {
                var json = scenarios.Where(static scenario => !scenario.Measured.IsStream);
                foreach (var pair in await Pair.PrepareAsync(json, upstream, bare, gateway).ConfigureAwait(false))
                {
                    report.AddStored(pair.Scenario, await LatencyComparison.MeasureAsync(pair, settings).ConfigureAwait(false));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
