using FastSignatureCache.Packing;
using FastSignatureCache.Tests.Support;

namespace FastSignatureCache.Tests.Stores;

/// <summary>What the store has comes into memory when it is asked for, checked, and in its place.</summary>
public sealed class LoadTests : TieredFixture
{
    private static readonly SignatureKey Key = Signatures.Key(1);

    [Fact]
    public async Task A_conversation_comes_in_one_batch_with_its_times()
    {
        var other = Signatures.Key(1, part: "b");
        Store.Plant(Stored(Key, 1, age: TimeSpan.FromHours(2)), Stored(other, 2), Stored(Signatures.Key(2), 3));
        await using var cache = Create();

        Assert.Null(Find(cache, Key));
        await PrefetchAsync(cache, 1);

        Assert.Equal((Signatures.Thought(1), Signatures.Thought(2)), (Find(cache, Key), Find(cache, other)));
        Assert.Null(Find(cache, Signatures.Key(2)));
        Assert.True(cache.TryGet(Key, out var entry));
        Assert.Equal(Time.GetUtcNow() - TimeSpan.FromHours(2), entry.CreatedAt);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromDays(1), entry.ExpiresAt);
        Assert.Equal(["get conversation-1"], Store.Calls);
        Assert.Equal(1, cache.GetMetrics().StoreLoads);
    }

    [Fact]
    public async Task A_known_conversation_is_not_loaded_again()
    {
        await using var cache = Create();
        await PrefetchAsync(cache, 1);
        cache.Put(Key, Signatures.Thought(1));

        Assert.True(PrefetchAsync(cache, 1).IsCompletedSuccessfully);
        Assert.Single(Store.Calls, "get conversation-1");
    }

    [Fact]
    public async Task A_put_alone_does_not_hide_what_the_store_has()
    {
        var earlier = Signatures.Key(1, part: "earlier");
        Store.Plant(Stored(earlier, 1));
        await using var cache = Create();
        cache.Put(Key, Signatures.Thought(2));
        await CommitAsync(cache);

        await PrefetchAsync(cache, 1);

        Assert.Equal(Signatures.Thought(1), Find(cache, earlier));
    }

    [Fact]
    public async Task An_evicted_conversation_is_loaded_again()
    {
        Store.Plant(Stored(Key, 1));
        await using var cache = Create(memory: new() { Capacity = 1 });
        await PrefetchAsync(cache, 1);
        cache.Put(Signatures.Key(2), Signatures.Thought(2));
        Assert.Null(Find(cache, Key));

        await PrefetchAsync(cache, 1);

        Assert.Equal(Signatures.Thought(1), Find(cache, Key));
    }

    [Fact]
    public async Task Those_who_ask_at_the_same_time_share_one_load_and_can_give_up_alone()
    {
        Store.Plant(Stored(Key, 1));
        await using var cache = Create();
        Store.HoldReads();
        using var impatience = new CancellationTokenSource();
        var impatient = cache.PrefetchAsync(Key.ConversationId, impatience.Token).AsTask();
        Task[] others = [.. Enumerable.Range(0, 10).Select(_ => PrefetchAsync(cache, 1))];
        await Store.UntilAsync(store => store.Calls.Count > 0);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.All(others, other => Assert.False(other.IsCompleted));
        Store.ReleaseReads();
        await Task.WhenAll(others);

        Assert.Equal(["get conversation-1"], Store.Calls);
        Assert.Equal(Signatures.Thought(1), Find(cache, Key));
    }

    [Fact]
    public async Task Nothing_is_seen_that_does_not_pass_all_four_layers()
    {
        var good = Signatures.Key(1, part: "good");
        var packed = PackedSignature.Pack(Signatures.Thought(1)).Memory;
        byte[] unknownForm = [200, .. packed.Span[1..]];
        byte[] notASignature = [0, .. "not a signature at all, but long enough to be one if it were"u8];
        byte[] damagedToken = [6, 255, 255, 255, 127, 1, 0, 0, 0, 9, 9, 9];
        Store.Plant(
            Stored(Signatures.Key(1, part: "form"), unknownForm),
            Stored(Signatures.Key(1, part: "format"), notASignature),
            Stored(Signatures.Key(1, part: "damage"), damagedToken),
            Stored(Signatures.Key(1, part: "empty"), ReadOnlyMemory<byte>.Empty),
            Stored(Signatures.Key(1, part: "expired"), 2, left: TimeSpan.Zero),
            Stored(Signatures.Key(1, part: "huge"), PackedSignature.Pack(Signatures.Thought(3, 4_000)).Memory),
            Stored(good, 4));
        await using var cache = Create(memory: new() { MaxSignatureLength = 1_000 });

        await PrefetchAsync(cache, 1);

        Assert.Equal((1, Signatures.Thought(4)), (cache.Count, Find(cache, good)));
        Assert.Equal(6, cache.GetMetrics().StoreRefusals);
        Assert.False(cache.GetMetrics().IsStoreDegraded);
    }

    [Fact]
    public void Every_damage_to_a_payload_is_survived()
    {
        var random = new Random(1);
        byte[][] payloads =
        [
            PackedSignature.Pack(Signatures.Thought(1)).Memory.ToArray(),
            PackedSignature.Pack($"eyJhbGciOiJIUzI1NiJ9.{Convert.ToBase64String(new byte[300])}.c2ln").Memory.ToArray(),
        ];
        for (var trial = 0; trial < 20_000; trial++)
        {
            var payload = payloads[trial % 2].ToArray();
            payload[0] = (byte)random.Next(8);
            for (var i = random.Next(4); i >= 0; i--)
            {
                payload[random.Next(Math.Min(payload.Length, 16))] = (byte)random.Next(256);
            }

            var unpacked = PackedSignature.TryUnpack(payload.AsMemory(0, random.Next(payload.Length + 1)), 1_000, SignatureFormat.Any);
            Assert.True(unpacked is null || SignatureFormat.Any.Accepts(unpacked.Value.ToString()));
        }

        Assert.All(payloads, payload => Assert.NotNull(PackedSignature.TryUnpack(payload, 1_000, SignatureFormat.Any)));
    }

    [Fact]
    public async Task Candidates_come_back_as_they_were()
    {
        Store.Plant(
            Stored(Key, 2, new(2, 2, 0), TimeSpan.FromMinutes(1)),
            Stored(Key, 1, new(1, 1, 0), TimeSpan.FromMinutes(2)));
        await using var cache = Create();

        await PrefetchAsync(cache, 1);

        Assert.Equal(Signatures.Thought(2), Find(cache, Key));
        Assert.Equal(Signatures.Thought(1), cache.Lookup([Key.With(1)]).Entry?.Signature);
        Assert.Equal(SignatureLookupStatus.Ambiguous, cache.Lookup([Key.With(3, 3)]).Status);
    }

    [Fact]
    public async Task Too_many_candidates_are_as_ambiguous_as_they_were()
    {
        Store.Plant([.. Enumerable.Range(0, 17).Select(i => Stored(Key, i, new((ulong)i, 0, 0), TimeSpan.FromMinutes(i)))]);
        await using var cache = Create();

        await PrefetchAsync(cache, 1);

        Assert.Equal(Signatures.Thought(0), Find(cache, Key));
        Assert.Equal(SignatureLookupStatus.Ambiguous, cache.Lookup([Key.With(0)]).Status);
    }

    [Fact]
    public async Task A_put_during_a_load_stays_the_newest_and_the_rest_comes_behind_it()
    {
        Store.Plant(Stored(Key, 1, new(1, 1, 0), TimeSpan.FromMinutes(1)));
        await using var cache = Create();
        Store.HoldReads();
        var loading = PrefetchAsync(cache, 1);
        await Store.UntilAsync(store => store.Calls.Count > 0);
        cache.Put([Key.With(2, 2)], Signatures.Thought(2));
        await CommitAsync(cache);
        Store.ReleaseReads();
        await loading;

        Assert.Equal(Signatures.Thought(2), Find(cache, Key));
        Assert.Equal(Signatures.Thought(1), cache.Lookup([Key.With(1, 1)]).Entry?.Signature);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_removed_or_replaced_during_a_load_does_not_come_back(bool isQueuedBefore)
    {
        SignatureKey removed = Signatures.Key(1, part: "removed"), stays = Signatures.Key(1, part: "stays");
        Store.Plant(Stored(Key, 1), Stored(removed, 2), Stored(stays, 3));
        await using var cache = Create();
        Store.HoldReads();
        Store.HoldWrites();
        if (isQueuedBefore)
        {
            Change();
        }

        var loading = PrefetchAsync(cache, 1);
        await Store.UntilAsync(store => store.Calls.Contains("get conversation-1"));
        if (!isQueuedBefore)
        {
            Change();
        }

        Store.ReleaseWrites();
        await CommitAsync(cache);
        Store.ReleaseReads();
        await loading;

        Assert.Equal(Signatures.Thought(9), Find(cache, Key));
        Assert.Equal(Signatures.Thought(9), cache.Lookup([Key.With(0)]).Entry?.Signature);
        Assert.Null(Find(cache, removed));
        Assert.Equal(Signatures.Thought(3), Find(cache, stays));

        void Change()
        {
            cache.Put(Key, Signatures.Thought(9));
            cache.Remove(removed);
        }
    }

    [Fact]
    public async Task What_was_cleared_during_a_load_does_not_come_back()
    {
        Store.Plant(Stored(Key, 1));
        await using var cache = Create();
        Store.HoldReads();
        var loading = PrefetchAsync(cache, 1);
        await Store.UntilAsync(store => store.Calls.Count > 0);
        cache.Clear();
        Store.ReleaseReads();
        await loading;

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task What_is_newer_in_memory_is_not_replaced_by_the_same_from_the_store()
    {
        await using var cache = Create();
        cache.Put([Key.With(1)], Signatures.Thought(1));
        await CommitAsync(cache);
        Store.HoldReads();
        var loading = PrefetchAsync(cache, 1);
        await Store.UntilAsync(store => store.Calls.Contains("get conversation-1"));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        cache.Put([Key.With(1)], Signatures.Thought(1));
        Store.ReleaseReads();
        await loading;

        Assert.True(cache.TryGet(Key, out var entry));
        Assert.Equal(Time.GetUtcNow(), entry.CreatedAt);
    }

    [Fact]
    public async Task A_load_does_not_push_out_what_was_here_of_its_conversation()
    {
        SignatureKey[] keys = [.. Enumerable.Range(0, 3).Select(i => Signatures.Key(1, part: $"{i}"))];
        Store.Plant([.. keys.Select((key, i) => Stored(key, i, age: TimeSpan.FromMinutes(10 - i)))]);
        await using var cache = Create(memory: new() { Capacity = 4 });
        cache.Put(keys[0], Signatures.Thought(0));
        cache.Put(Signatures.Key(2), Signatures.Thought(2));
        cache.Put(Signatures.Key(3), Signatures.Thought(3));
        await CommitAsync(cache);

        await PrefetchAsync(cache, 1);

        Assert.All(keys, key => Assert.NotNull(Find(cache, key)));
    }

    [Fact]
    public async Task A_conversation_larger_than_memory_is_never_taken_for_known()
    {
        Store.Plant([.. Enumerable.Range(0, 5).Select(i => Stored(Signatures.Key(1, part: $"{i}"), i, age: TimeSpan.FromMinutes(i)))]);
        await using var cache = Create(memory: new() { Capacity = 3 });

        await PrefetchAsync(cache, 1);
        await PrefetchAsync(cache, 1);

        Assert.Equal((3, 2), (cache.Count, Store.Calls.Count));
        Assert.Equal(Signatures.Thought(0), Find(cache, Signatures.Key(1, part: "0")));
    }
}
