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
            foreach (var scenario in scenarios)
            {
                var (first, second) = await PrepareAsync(scenario, upstream.Address, bare, gateway).ConfigureAwait(false);
                report.Add(scenario, await LatencyComparison.MeasureAsync(first, second, settings).ConfigureAwait(false));
                if (!scenario.Measured.IsStream)
                {
                    report.Add(scenario, await SaturationComparison.MeasureAsync(first, second, settings).ConfigureAwait(false));
                }
            }
        }

        await MeasureStoredAsync(report, scenarios, settings, upstream.Address, bare).ConfigureAwait(false);
        return report.ToReport(settings);
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
                foreach (var scenario in scenarios.Where(static scenario => !scenario.Measured.IsStream))
                {
                    Console.Error.WriteLine($"{scenario.Name}, stored");
                    var (first, second) = await PrepareAsync(scenario, upstream, bare, gateway).ConfigureAwait(false);
                    report.AddStored(scenario, await LatencyComparison.MeasureAsync(first, second, settings).ConfigureAwait(false));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(Contender Bare, Contender Gateway)> PrepareAsync(Scenario scenario, Uri upstream, Proxy bare, Proxy gateway)
    {
        Console.Error.WriteLine(scenario.Name);
        return (
            await Contender.CreateAsync(bare, scenario, upstream).ConfigureAwait(false),
            await Contender.CreateAsync(gateway, scenario, upstream).ConfigureAwait(false));
    }
}
