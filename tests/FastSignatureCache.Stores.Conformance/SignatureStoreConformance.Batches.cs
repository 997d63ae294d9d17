using System.Globalization;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Stores.Conformance;

public abstract partial class SignatureStoreConformance
{
    private const int ManyConversations = 300;
    private const int ManyPayloads = 20;

    [Fact]
    public async Task A_batch_of_many_conversations_is_put_and_returned()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, ManyConversations * 3).Select(i => Numbered(i, NameOf(i % ManyConversations)))];
        await PutAsync(all);

        AssertSame(all, await GetAsync([.. Enumerable.Range(0, ManyConversations).Select(NameOf)]));
        AssertSame(
            all.Where(signature => signature.Key.ConversationId is "conversation-7" or "conversation-299"),
            await GetAsync("conversation-7", "not there", "conversation-299"));
    }

    [Fact]
    public async Task A_conversation_may_have_many_signatures()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 2_000).Select(i => Numbered(i))];
        await PutAsync(all);

        AssertSame(all, await GetAsync("conversation"));
    }

    [Fact]
    public async Task A_key_may_have_many_signatures()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, ManyPayloads).Select(i => Numbered(1) with { Payload = Payload(i, 50) })];
        await PutAsync(all);

        AssertSame(all, await GetAsync("conversation"));
    }

    [Fact]
    public async Task Empty_batches_do_nothing()
    {
        await PutAsync(Numbered(1));
        await PutAsync();
        await RemoveAsync();

        Assert.Empty(await GetAsync());
        AssertSame([Numbered(1)], await GetAsync("conversation"));
    }

    [Fact]
    public async Task Puts_and_gets_at_the_same_time_lose_and_mix_up_nothing()
    {
        const int Conversations = 8;
        const int Puts = 40;

        await Task.WhenAll(Enumerable.Range(0, Conversations).Select(conversation => Task.Run(() => Talk(NameOf(conversation)), Ended)));

        var expected = Enumerable.Range(0, Conversations).SelectMany(conversation => Said(NameOf(conversation), Puts));
        AssertSame(expected, await GetNewestAsync());

        async Task Talk(string conversation)
        {
            for (var i = 0; i < Puts; i++)
            {
                await PutAsync(Numbered(i, conversation));
                AssertSame(Said(conversation, i + 1), await GetAsync(conversation));
            }
        }

        static IEnumerable<StoredSignature> Said(string conversation, int count) =>
            Enumerable.Range(0, count).Select(i => Numbered(i, conversation));
    }

    [Fact]
    public async Task The_same_put_by_many_at_once_is_kept_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => PutAsync(Numbered(1), Numbered(2)), Ended)));

        AssertSame([Numbered(1), Numbered(2)], await GetAsync("conversation"));
    }

    [Fact]
    public async Task A_batch_is_seen_whole_or_not_at_all()
    {
        const int Rounds = 40;
        var writing = Task.Run(
            async () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await PutAsync(Numbered(round), Numbered(round + Rounds), Numbered(round + Rounds + Rounds));
                }
            },
            Ended);

        while (!writing.IsCompleted)
        {
            Assert.Equal(0, (await GetAsync("conversation")).Count % 3);
        }

        await writing;
        Assert.Equal(3 * Rounds, (await GetAsync("conversation")).Count);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_or_does_its_work()
    {
        using var cancelled = new CancellationTokenSource();
        await PutAsync(Numbered(1));
        await cancelled.CancelAsync();

        await CancelledOrDone(async () => AssertSame([Numbered(1)], await Store.GetAsync(["conversation"], cancelled.Token)));
        await CancelledOrDone(async () => await Store.PutAsync([Numbered(1)], cancelled.Token));
        await CancelledOrDone(async () => await Store.RemoveAsync([new("not", "there")], cancelled.Token));
        await CancelledOrDone(async () => await Store.RemoveExpiredAsync(cancelled.Token));
        await CancelledOrDone(async () =>
        {
            await foreach (var signature in Store.GetNewestAsync(cancelled.Token))
            {
                AssertSame([Numbered(1)], [signature]);
            }
        });

        AssertSame([Numbered(1)], await GetAsync("conversation"));

        static async Task CancelledOrDone(Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (OperationCanceledException)
            {
                // The other allowed outcome.
            }
        }
    }

    private static string NameOf(int conversation) => string.Create(CultureInfo.InvariantCulture, $"conversation-{conversation}");
}
