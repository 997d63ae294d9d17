using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.CommandLine;
using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Gateway.Demo;

/// <summary>
/// Plays conversations of clients that drop signatures, straight to an upstream that wants them and through a gateway, both on this
/// machine, and shows the difference.
/// </summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var emulator = await UpstreamEmulator.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using var stoppingEmulator = emulator.ConfigureAwait(false);
        var gateway = await GatewayApplication.BuildAsync(
            new GatewayOptions
            {
                Urls = "http://127.0.0.1:0",
                Upstream = emulator.BaseAddress.AbsoluteUri,
                Store = { Data = StoreOptions.None },
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        await using var stoppingGateway = gateway.ConfigureAwait(false);
        await gateway.StartAsync(cancellationToken).ConfigureAwait(false);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, gateway.Lifetime.ApplicationStopping);
        using var straight = new HttpClient { BaseAddress = emulator.BaseAddress };
        using var through = new HttpClient { BaseAddress = new Uri(gateway.Urls.First()) };
        List<DemoOutcome> outcomes = [];
        foreach (var scenario in DemoScenario.All)
        {
            outcomes.Add(new DemoOutcome(
                scenario,
                await scenario.PlayAsync(straight, stopping.Token).ConfigureAwait(false),
                await scenario.PlayAsync(through, stopping.Token).ConfigureAwait(false)));
        }

        DemoReport.For(output).Write(outcomes, gateway.Services.GetRequiredService<ISignatureCache>());
        return outcomes.TrueForAll(outcome => outcome.Repaired.All(result => result.Passes)) ? ExitCode.Success : ExitCode.Failure;
    }
}
