using FastSignatureCache.Redis.Entries;
using FastSignatureCache.Redis.Tests.Support;
using FastSignatureCache.Stores;
using FastSignatureCache.Stores.Conformance;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Redis.Tests;

public sealed class RedisSignatureStoreTests(SharedServer server) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly string _prefix = TestStores.Prefix();
    private readonly FakeTimeProvider _time = TestStores.Clock();
    private readonly FakeLogger<RedisSignatureStore> _log = new();
    private RedisSignatureStore? _store;

    private RedisSignatureStore Store => _store ??= TestStores.Open(server.Endpoint, _prefix, _time, _log);

    private KeySpace Keys => new(_prefix);

    private RedisKey Conversation => Keys.Conversation(KeyDigest.OfConversation("conversation"));

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    [Fact]
    public async Task A_conversation_is_gone_from_the_server_when_the_last_of_its_signatures_expires()
    {
        await Store.PutAsync(Numbered(1), Numbered(2) with { ExpiresAt = SignatureStoreConformance.Start.AddHours(1) });
        await Store.PutAsync(Numbered(3) with { ExpiresAt = SignatureStoreConformance.Start.AddDays(9).AddTicks(1) });
        await Store.PutAsync(Numbered(4) with { ExpiresAt = SignatureStoreConformance.Start.AddDays(8) });

        var expected = SignatureStoreConformance.Start.AddDays(9).AddMilliseconds(1).UtcDateTime;
        var index = KeySpace.IndexOf(KeyDigest.OfConversation("conversation"));
        Assert.Equal(expected, await server.Database.KeyExpireTimeAsync(Conversation));
        Assert.Equal(expected, await server.Database.KeyExpireTimeAsync(Keys.Created(index)));
        Assert.Equal(expected, await server.Database.KeyExpireTimeAsync(Keys.Expires(index)));
    }

    [Fact]
    public async Task What_the_servers_clock_says_is_over_leaves_nothing_behind()
    {
        await using var past = TestStores.Open(server.Endpoint, _prefix, new FakeTimeProvider(DateTimeOffset.UnixEpoch));
        await past.PutAsync(
            Numbered(1) with { ExpiresAt = DateTimeOffset.MinValue.AddYears(1) },
            Numbered(2, "other") with { ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(1) });

        Assert.Empty(await past.GetNewestAsync());
        Assert.False(await server.Database.KeyExistsAsync(Conversation));
    }

    [Fact]
    public async Task Signatures_that_expired_alone_make_room_for_others()
    {
        await Store.PutAsync([.. Enumerable.Range(0, 300).Select(i => Numbered(i))]);
        for (var i = 0; i < 2_000; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Store.PutAsync(Numbered(1_000 + i) with { ExpiresAt = _time.GetUtcNow().AddMinutes(300) });
        }

        // Of 2,300 that were put, the first 300 and the last 300 have not expired.
        Assert.InRange(await server.Database.HashLengthAsync(Conversation), 600, 1_000);
        Assert.Equal(600, (await Store.GetAsync("conversation")).Count);
    }

    [Fact]
    public async Task An_index_forgets_conversations_that_have_expired()
    {
        await Store.PutAsync([.. Enumerable.Range(0, 500).Select(i => Numbered(i, $"conversation {i}"))]);
        _time.Advance(TimeToLive + TimeSpan.FromDays(1));
        for (var i = 0; i < 200; i++)
        {
            await Store.PutAsync(Numbered(1_000 + i, $"later {i}") with { ExpiresAt = SignatureStoreConformance.Start.AddYears(1) });
        }

        var named = await Task.WhenAll(
            Enumerable.Range(0, KeySpace.Indexes).Select(i => server.Database.SortedSetLengthAsync(Keys.Created(i))));
        Assert.Equal(200, named.Sum());
    }

    [Fact]
    public async Task A_damaged_value_is_never_returned_and_is_removed()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 64).Select(i => Numbered(i))];
        await Store.PutAsync(all);
        var random = new Random(7);
        var damaged = new HashSet<string>();
        foreach (var signature in all.Where((_, i) => i % 4 == 0))
        {
            var entry = Entry.Of(signature);
            entry.Value[random.Next(1, entry.Value.Length)] ^= (byte)(1 << random.Next(8));
            await server.Database.HashSetAsync(Conversation, entry.Field, entry.Value);
            damaged.Add(signature.Key.PartId);
        }

        AssertSame(all.Where(signature => !damaged.Contains(signature.Key.PartId)), await Store.GetAsync("conversation"));
        while (await server.Database.HashLengthAsync(Conversation) > all.Length - damaged.Count)
        {
            await Task.Delay(Pause, TestStores.Ended);
        }

        AssertSame(all.Where(signature => !damaged.Contains(signature.Key.PartId)), await Store.GetNewestAsync());
        Assert.Equal("16 stored signatures were damaged; they are not used and are removed", Assert.Single(_log.Collector.GetSnapshot()).Message);
    }

    [Fact]
    public async Task A_value_of_a_later_version_is_left_alone()
    {
        await Store.PutAsync(Numbered(1), Numbered(2));
        var entry = Entry.Of(Numbered(2));
        entry.Value[0] = 2;
        await server.Database.HashSetAsync(Conversation, entry.Field, entry.Value);

        AssertSame([Numbered(1)], await Store.GetAsync("conversation"));
        Assert.Equal(2, await server.Database.HashLengthAsync(Conversation));
        Assert.Empty(_log.Collector.GetSnapshot());
    }

    [Fact]
    public async Task A_conversation_under_anothers_name_is_not_returned_for_it()
    {
        await Store.PutAsync(Numbered(1));
        var entry = Entry.Of(Numbered(2, "other"));
        await server.Database.HashSetAsync(Conversation, entry.Field, entry.Value);

        AssertSame([Numbered(1)], await Store.GetAsync("conversation"));
    }

    [Fact]
    public async Task A_clear_leaves_alone_what_is_not_the_stores()
    {
        RedisKey[] others = [_prefix + "c", _prefix + "other", "x" + _prefix + "c:{1}"];
        foreach (var other in others)
        {
            await server.Database.StringSetAsync(other, "kept");
        }

        await using var neighbour = TestStores.Open(server.Endpoint, _prefix + "x:");
        await neighbour.PutAsync(Numbered(1));
        await Store.PutAsync([.. Enumerable.Range(0, 3_000).Select(i => Numbered(i, $"conversation {i}"))]);
        await Store.ClearAsync(TestStores.Ended);

        Assert.Empty(await Store.GetNewestAsync());
        AssertSame([Numbered(1)], await neighbour.GetNewestAsync());
        Assert.Equal(others.Length, await server.Database.KeyExistsAsync(others));
    }

    [Fact]
    public async Task A_put_and_a_removal_of_the_same_leave_both_or_none()
    {
        await using var other = TestStores.Open(server.Endpoint, _prefix, _time);
        StoredSignature[] pair = [Numbered(1), Numbered(1) with { Payload = new byte[] { 1, 2, 3 } }];
        for (var i = 0; i < 300; i++)
        {
            await Task.WhenAll(Store.PutAsync(pair), other.RemoveAsync([pair[0].Key], TestStores.Ended).AsTask());

            Assert.Contains((await Store.GetAsync("conversation")).Count, (int[])[0, 2]);
        }
    }

    [Fact]
    public async Task An_enumeration_merges_many_conversations_of_different_ages()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 6_000).Select(i => Numbered(i, $"conversation {i * 7919 % 1_000}"))];
        foreach (var batch in all.Chunk(1_500))
        {
            await Store.PutAsync(batch);
        }

        Assert.Equal(Describe(all.Reverse()), Describe(await Store.GetNewestAsync()));
    }

    [Fact]
    public async Task A_script_that_the_server_forgot_is_sent_again()
    {
        await Store.PutAsync(Numbered(1));
        await server.Database.ExecuteAsync("SCRIPT", "FLUSH");
        await Store.PutAsync(Numbered(2));
        await Store.RemoveAsync([Numbered(1).Key], TestStores.Ended);

        AssertSame([Numbered(2)], await Store.GetAsync("conversation"));
    }

    [Fact]
    public async Task Calls_after_disposal_are_refused_and_a_second_disposal_does_nothing()
    {
        await Store.PutAsync(Numbered(1));
        await Store.DisposeAsync();
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.PutAsync(Numbered(2)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.GetAsync("conversation"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.GetNewestAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.ClearAsync(TestStores.Ended).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.RemoveExpiredAsync(TestStores.Ended).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.RemoveAsync([Numbered(1).Key], TestStores.Ended).AsTask());
        Assert.Throws<ObjectDisposedException>(() => Store.WatchRemovalsAsync(TestStores.Ended));
    }

    [Fact]
    public async Task A_signature_without_key_or_payload_is_refused_and_a_key_that_is_none_removes_nothing()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(Numbered(1), Numbered(2) with { Key = default }));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(Numbered(1), Numbered(2) with { Payload = default }));
        await Store.RemoveAsync([default], TestStores.Ended);

        Assert.Empty(await Store.GetNewestAsync());
    }

    [Fact]
    public async Task Times_are_kept_to_the_tick_and_far_from_now()
    {
        DateTimeOffset[] created =
        [
            DateTimeOffset.MinValue,
            new(1969, 12, 31, 23, 59, 59, TimeSpan.Zero),
            SignatureStoreConformance.Start.AddTicks(-1),
            SignatureStoreConformance.Start,
            SignatureStoreConformance.Start.AddTicks(1),
            DateTimeOffset.MaxValue,
        ];
        StoredSignature[] all =
            [.. created.Select((time, i) => Numbered(i, $"conversation {i}") with { CreatedAt = time, ExpiresAt = DateTimeOffset.MaxValue })];
        await Store.PutAsync(all);

        Assert.Equal(Describe(all.Reverse()), Describe(await Store.GetNewestAsync()));
    }
}
