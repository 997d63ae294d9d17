using FastSignatureCache.Redis.Entries;
using FastSignatureCache.Redis.Tests.Support;
using FastSignatureCache.Stores;
using Microsoft.Extensions.Logging.Testing;
using StackExchange.Redis;

namespace FastSignatureCache.Redis.Tests.Notices;

public sealed class RemovalWatchTests(SharedServer server)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly string _prefix = TestStores.Prefix();

    private RedisChannel Channel => new KeySpace(_prefix).Channel;

    [Fact]
    public async Task What_is_no_notice_is_ignored_and_logged_once()
    {
        var log = new FakeLogger<RedisSignatureStore>();
        await using var store = TestStores.Open(server.Endpoint, _prefix, TimeProvider.System, log);
        await using var other = TestStores.Open(server.Endpoint, _prefix);
        await using var notices = await ListenAsync(store, other);

        await server.Subscriber.PublishAsync(Channel, "hello");
        await server.Subscriber.PublishAsync(Channel, new byte[] { 2, 3, 4 });
        await other.RemoveAsync([new("conversation", "model")], TestStores.Ended);

        Assert.True(await notices.MoveNextAsync());
        Assert.Equal(new StoreRemoval(new("conversation", "model")), notices.Current);
        Assert.StartsWith("A notice of a removal can't be read", Assert.Single(log.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_several_conversations_are_all_told()
    {
        await using var store = TestStores.Open(server.Endpoint, _prefix);
        await using var other = TestStores.Open(server.Endpoint, _prefix);
        await using var notices = await ListenAsync(store, other);
        SignatureKey[] keys = [new("a", "model"), new("a", "model", "part"), new("b", "model"), new("b", "other")];

        await other.RemoveAsync(keys, TestStores.Ended);

        List<StoreRemoval> told = [];
        while (told.Count < keys.Length)
        {
            Assert.True(await notices.MoveNextAsync());
            told.Add(notices.Current);
        }

        Assert.True(told.Select(removal => removal.Key).ToHashSet().SetEquals(keys));
    }

    [Fact]
    public async Task A_lost_subscription_is_thrown_and_can_be_begun_again()
    {
        await using var own = await RedisProcess.StartAsync();
        await using var store = TestStores.Open(own.Endpoint, _prefix, TimeProvider.System);
        await using var other = TestStores.Open(own.Endpoint, _prefix, TimeProvider.System);
        await using var notices = await ListenAsync(store, other);
        var next = notices.MoveNextAsync().AsTask();

        await own.KillAsync();
        await Assert.ThrowsAsync<RedisConnectionException>(() => next);

        await own.StartAgainAsync();
        while (await FirstAsync(store, other) is not { Key.ConversationId: "again" })
        {
            await Task.Delay(Pause, TestStores.Ended);
        }
    }

    // Null when the subscription could not be begun yet.
    private static async Task<StoreRemoval?> FirstAsync(RedisSignatureStore store, RedisSignatureStore other)
    {
        await using var notices = store.WatchRemovalsAsync(TestStores.Ended).GetAsyncEnumerator(TestStores.Ended);
        var next = notices.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            await Record.ExceptionAsync(async () => await other.RemoveAsync([new("again", "model")], TestStores.Ended));
            await Task.WhenAny(next, Task.Delay(Pause, TestStores.Ended));
        }

        return next.IsCompletedSuccessfully ? notices.Current : null;
    }

    // Nobody says when listening has begun, so the other goes on removing until it is heard; then one more tells that all of those are over.
    private static async Task<IAsyncEnumerator<StoreRemoval>> ListenAsync(RedisSignatureStore store, RedisSignatureStore other)
    {
        var last = new SignatureKey("the beginning", "is", "over");
        var notices = store.WatchRemovalsAsync(TestStores.Ended).GetAsyncEnumerator(TestStores.Ended);
        var heard = notices.MoveNextAsync().AsTask();
        while (!heard.IsCompleted)
        {
            await other.RemoveAsync([new("has anybody", "heard", "this")], TestStores.Ended);
        }

        Assert.True(await heard);
        await other.RemoveAsync([last], TestStores.Ended);
        while (notices.Current.Key != last)
        {
            Assert.True(await notices.MoveNextAsync());
        }

        return notices;
    }
}
