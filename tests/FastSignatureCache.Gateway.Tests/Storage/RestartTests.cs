using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Storage;
using FastSignatureCache.Gateway.Tests.Support;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Gateway.Tests.Storage;

/// <summary>What the next gateway knows of what the last one has seen.</summary>
public sealed class RestartTests : StoredConversationTests
{
    [Theory]
    [InlineData(nameof(StoreDurability.WrittenThrough))]
    [InlineData(nameof(StoreDurability.WrittenBehind))]
    public async Task Conversations_go_on_after_a_restart_at_each_of_their_requests(string durability)
    {
        while (!Conversation.IsOver)
        {
            await using var gateway = await RunningGateway.StartAsync(Upstream.BaseAddress, options =>
            {
                options.Store.Data = Folder["data"];
                options.Store.Durability = Enum.Parse<StoreDurability>(durability);
            });
            await Conversation.StepAsync(gateway.BaseAddress);
            Assert.False(gateway.Cache.GetMetrics().IsStoreDegraded);
        }

        Assert.Empty(Conversation.Refusals);
        Assert.True(Upstream.GetStatistics().SignaturesVerified > 0);
    }

    [Fact]
    public async Task Without_a_store_a_restart_forgets()
    {
        for (var start = 0; start < 2; start++)
        {
            await using var gateway = await RunningGateway.StartAsync(Upstream.BaseAddress);
            await Conversation.StepAsync(gateway.BaseAddress);
        }

        Assert.Equal(5, Conversation.Refusals.Count());
    }

    [Fact]
    public async Task With_another_secret_nothing_is_found()
    {
        for (var start = 0; start < 2; start++)
        {
            await using var gateway = await RunningGateway.StartAsync(Upstream.BaseAddress, options =>
            {
                options.Store.Data = Folder.Path;
                options.Restoration.Secret = $"a secret of its own, {start}";
            });
            await Conversation.StepAsync(gateway.BaseAddress);
        }

        Assert.Equal(5, Conversation.Refusals.Count());
        Assert.False(File.Exists(Folder[SecretFile.Name]));
    }

    [Fact]
    public async Task A_damaged_database_is_set_aside_and_costs_no_request()
    {
        await File.WriteAllBytesAsync(Folder["signatures.db"], new byte[40_000].Select((_, at) => (byte)at).ToArray(), Ended);

        while (!Conversation.IsOver)
        {
            await using var gateway = await RunningGateway.StartAsync(Upstream.BaseAddress, options => options.Store.Data = Folder.Path);
            await Conversation.StepAsync(gateway.BaseAddress);
            Assert.False(gateway.Cache.GetMetrics().IsStoreDegraded);
        }

        Assert.Empty(Conversation.Refusals);
        Assert.Single(Directory.GetFiles(Folder.Path, "signatures.db.damaged-*"));
    }

    [Fact]
    public async Task Two_gateways_may_have_oneFolder_and_aConversation_may_move_between_them()
    {
        void Configure(GatewayOptions options) => options.Store.Data = Folder.Path;
        var starting = (RunningGateway.StartAsync(Upstream.BaseAddress, Configure), RunningGateway.StartAsync(Upstream.BaseAddress, Configure));
        await using var one = await starting.Item1;
        await using var other = await starting.Item2;

        for (var step = 0; !Conversation.IsOver; step++)
        {
            await Conversation.StepAsync((step % 2 == 0 ? one : other).BaseAddress);
        }

        Assert.Empty(Conversation.Refusals);
        Assert.Equal((false, false), (one.Cache.GetMetrics().IsStoreDegraded, other.Cache.GetMetrics().IsStoreDegraded));
    }
}
