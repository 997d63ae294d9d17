using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Storage;
using FastSignatureCache.Gateway.Tests.Support;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Gateway.Tests.Storage;

/// <summary>What the next gateway knows of what the last one has seen.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoredConversation _conversation = new();
    private UpstreamEmulator _upstream = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _upstream = await UpstreamEmulator.StartAsync(cancellationToken: Ended);

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        _conversation.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(nameof(StoreDurability.WrittenThrough))]
    [InlineData(nameof(StoreDurability.WrittenBehind))]
    public async Task Conversations_go_on_after_a_restart_at_each_of_their_requests(string durability)
    {
        while (!_conversation.IsOver)
        {
            await using var gateway = await RunningGateway.StartAsync(_upstream.BaseAddress, options =>
            {
                options.Store.Data = _folder["data"];
                options.Store.Durability = Enum.Parse<StoreDurability>(durability);
            });
            await _conversation.StepAsync(gateway.BaseAddress);
            Assert.False(gateway.Cache.GetMetrics().IsStoreDegraded);
        }

        Assert.Empty(_conversation.Refusals);
        Assert.True(_upstream.GetStatistics().SignaturesVerified > 0);
    }

    [Fact]
    public async Task Without_a_store_a_restart_forgets()
    {
        for (var start = 0; start < 2; start++)
        {
            await using var gateway = await RunningGateway.StartAsync(_upstream.BaseAddress);
            await _conversation.StepAsync(gateway.BaseAddress);
        }

        Assert.Equal(5, _conversation.Refusals.Count());
    }

    [Fact]
    public async Task With_another_secret_nothing_is_found()
    {
        for (var start = 0; start < 2; start++)
        {
            await using var gateway = await RunningGateway.StartAsync(_upstream.BaseAddress, options =>
            {
                options.Store.Data = _folder.Path;
                options.Restoration.Secret = $"a secret of its own, {start}";
            });
            await _conversation.StepAsync(gateway.BaseAddress);
        }

        Assert.Equal(5, _conversation.Refusals.Count());
        Assert.False(File.Exists(_folder[SecretFile.Name]));
    }

    [Fact]
    public async Task A_damaged_database_is_set_aside_and_costs_no_request()
    {
        await File.WriteAllBytesAsync(_folder["signatures.db"], new byte[40_000].Select((_, at) => (byte)at).ToArray(), Ended);

        while (!_conversation.IsOver)
        {
            await using var gateway = await RunningGateway.StartAsync(_upstream.BaseAddress, options => options.Store.Data = _folder.Path);
            await _conversation.StepAsync(gateway.BaseAddress);
            Assert.False(gateway.Cache.GetMetrics().IsStoreDegraded);
        }

        Assert.Empty(_conversation.Refusals);
        Assert.Single(Directory.GetFiles(_folder.Path, "signatures.db.damaged-*"));
    }

    [Fact]
    public async Task Two_gateways_may_have_one_folder_and_a_conversation_may_move_between_them()
    {
        void Configure(GatewayOptions options) => options.Store.Data = _folder.Path;
        var starting = (RunningGateway.StartAsync(_upstream.BaseAddress, Configure), RunningGateway.StartAsync(_upstream.BaseAddress, Configure));
        await using var one = await starting.Item1;
        await using var other = await starting.Item2;

        for (var step = 0; !_conversation.IsOver; step++)
        {
            await _conversation.StepAsync((step % 2 == 0 ? one : other).BaseAddress);
        }

        Assert.Empty(_conversation.Refusals);
        Assert.Equal((false, false), (one.Cache.GetMetrics().IsStoreDegraded, other.Cache.GetMetrics().IsStoreDegraded));
    }
}
