using FastSignatureCache.Durability.Load;
using FastSignatureCache.Durability.Sites;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Durability;

/// <summary>kill -9, at a random moment and under load, with signatures in a SQLite file.</summary>
public sealed class SqliteCrashTests(ITestOutputHelper output)
{
    private const int Seed = 20261123;

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 4)]
    public async Task Every_signature_of_every_answer_that_a_client_received_whole_is_there_after_the_restart(int gateways, int killsInShort)
    {
        var figures = await RunAsync(gateways, Kills.Count(killsInShort), "through");

        output.WriteLine($"Measured: kill -9 under load, SQLite, gateways={gateways}: {figures}");
        Assert.Empty(figures.Refusals);
        Assert.Equal((0, 0), (figures.Lost, figures.Wrong));
        Assert.True(figures.Restored >= figures.Responses / 2, "The load has hardly any signatures.");
    }

    /// <summary>That the load finds a loss where there is one.</summary>
    [Fact]
    public async Task What_is_written_behind_can_be_lost()
    {
        var figures = await RunAsync(gateways: 1, kills: 2, "behind");

        Assert.NotEqual(0, figures.Lost);
        Assert.Equal(0, figures.Wrong);
    }

    private static async Task<CrashFigures> RunAsync(int gateways, int kills, string durability)
    {
        using var folder = new TemporaryFolder();
        await using var upstream = await UpstreamEmulator.StartAsync(
            new EmulatorOptions { RecordRequests = true }, TestContext.Current.CancellationToken);
        // What is written through is safe as long as nobody has stopped waiting for it, and this machine may be busy with other things.
        await using var site = new GatewaySite(
            upstream.BaseAddress, gateways, "--data", folder.Path, "--durability", durability, "--store-timeout", "1m");

        return await new CrashRun(upstream, site, Seed).RunAsync(kills);
    }
}
