using FastSignatureCache.Durability.Load;
using FastSignatureCache.Durability.Sites;
using FastSignatureCache.Emulator;

namespace FastSignatureCache.Durability;

/// <summary>kill -9, at a random moment and under load, with two gateways on one Redis.</summary>
public sealed class RedisCrashTests(ITestOutputHelper output)
{
    private const int Seed = 20261124;

    [Fact]
    public async Task Every_signature_of_every_answer_that_a_client_received_whole_is_there_after_the_restart()
    {
        await using var upstream = await UpstreamEmulator.StartAsync(
            new EmulatorOptions { RecordRequests = true }, TestContext.Current.CancellationToken);
        // What is written through is safe as long as nobody has stopped waiting for it, and this machine may be busy with other things.
        await using var site = await RedisSite.CreateAsync(upstream.BaseAddress, gateways: 2, "--store-timeout", "1m");

        var figures = await new CrashRun(upstream, site, Seed).RunAsync(Kills.Count(inShort: 4));

        output.WriteLine($"Measured: kill -9 under load, Redis, gateways=2, with Redis too={site.Blackouts}: {figures}");
        Assert.Empty(figures.Refusals);
        Assert.Equal((0, 0), (figures.Lost, figures.Wrong));
        Assert.True(figures.Restored >= figures.Responses / 2, "The load has hardly any signatures.");
    }
}
