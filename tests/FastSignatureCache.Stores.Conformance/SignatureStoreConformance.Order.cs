using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Stores.Conformance;

public abstract partial class SignatureStoreConformance
{
    [Fact]
    public async Task The_newest_come_first_in_whatever_order_they_were_put()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 1_500).Select(i => Numbered(i, NameOf(i % 11)))];
        int[] order = [.. Enumerable.Range(0, all.Length).OrderBy(i => i * 7919 % 1_499)];
        foreach (var batch in order.Chunk(200))
        {
            await PutAsync([.. batch.Select(i => all[i])]);
        }

        Assert.Equal(Describe(all.Reverse()), Describe(await GetNewestAsync()));
    }

    [Fact]
    public async Task Signatures_of_the_same_moment_all_come()
    {
        StoredSignature[] all =
            [.. Enumerable.Range(0, 1_000).Select(i => Numbered(i) with { CreatedAt = Start, ExpiresAt = Start + TimeToLive })];
        var newest = Numbered(5_000);
        var oldest = Numbered(6_000) with { CreatedAt = Start.AddMilliseconds(-1) };
        await PutAsync([newest, .. all, oldest]);

        var found = await GetNewestAsync();
        AssertSame([newest, .. all, oldest], found);
        Assert.Equal(Describe([newest, oldest]), Describe([found[0], found[^1]]));
    }

    [Fact]
    public async Task A_renewed_signature_comes_where_its_new_time_says()
    {
        await PutAsync(Numbered(1), Numbered(2), Numbered(3));
        var renewed = Numbered(1) with { CreatedAt = Start.AddHours(1) };
        await PutAsync(renewed);

        Assert.Equal(Describe([renewed, Numbered(3), Numbered(2)]), Describe(await GetNewestAsync()));
    }

    [Fact]
    public async Task An_enumeration_may_be_left_early_and_begun_again()
    {
        await PutAsync([.. Enumerable.Range(0, 500).Select(i => Numbered(i))]);
        await foreach (var signature in Store.GetNewestAsync(Ended))
        {
            AssertSame([Numbered(499)], [signature]);
            break;
        }

        Assert.Equal(500, (await GetNewestAsync()).Count);
    }

    [Fact]
    public async Task Writes_go_on_during_an_enumeration()
    {
        await PutAsync([.. Enumerable.Range(0, 500).Select(i => Numbered(i))]);
        List<StoredSignature> found = [];
        await foreach (var signature in Store.GetNewestAsync(Ended))
        {
            found.Add(signature);
            if (found.Count % 100 == 0)
            {
                await PutAsync(Numbered(1_000 + found.Count, "other"));
                await RemoveAsync(Numbered(1_000 + found.Count, "other").Key);
            }
        }

        AssertSame(Enumerable.Range(0, 500).Select(i => Numbered(i)), found.Where(signature => signature.Key.ConversationId != "other"));
    }
}
