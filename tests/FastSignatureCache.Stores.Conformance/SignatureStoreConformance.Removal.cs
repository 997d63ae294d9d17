using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Stores.Conformance;

public abstract partial class SignatureStoreConformance
{
    [Fact]
    public async Task Everything_under_a_removed_key_is_gone_and_nothing_else()
    {
        var removed = Numbered(1);
        StoredSignature[] kept =
        [
            Numbered(2),
            Numbered(1, "other"),
            Of(new("conversation", "other", "call-1")),
            Of(new("conversation", "model", "call-10")),
            Of(new("conversation", "model", "call")),
            Of(new("conversation", "model", "")),
        ];
        await PutAsync(
            [removed, removed with { Payload = Payload(9, 9) }, removed with { Context = new(7, 7, 7) }, .. kept]);
        await RemoveAsync(removed.Key);

        AssertSame(kept, await GetAsync("conversation", "other"));
        AssertSame(kept, await GetNewestAsync());
    }

    [Fact]
    public async Task Many_keys_are_removed_at_once()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 400).Select(i => Numbered(i, NameOf(i % 40)))];
        await PutAsync(all);
        await RemoveAsync([.. all.Where((_, i) => i % 2 == 0).Select(signature => signature.Key)]);

        AssertSame(all.Where((_, i) => i % 2 == 1), await GetNewestAsync());
    }

    [Fact]
    public async Task Removing_what_is_not_there_is_no_fault()
    {
        await PutAsync(Numbered(1));
        await RemoveAsync(Numbered(2).Key, new("not", "there"), Numbered(2).Key);

        AssertSame([Numbered(1)], await GetNewestAsync());
    }

    [Fact]
    public async Task What_was_removed_can_be_put_again()
    {
        await PutAsync(Numbered(1));
        await RemoveAsync(Numbered(1).Key, Numbered(1).Key);
        Assert.Empty(await GetAsync("conversation"));
        await PutAsync(Numbered(1));

        AssertSame([Numbered(1)], await GetAsync("conversation"));
    }

    [Fact]
    public async Task Clear_removes_everything_and_the_store_goes_on()
    {
        await PutAsync([.. Enumerable.Range(0, 100).Select(i => Numbered(i, NameOf(i % 10)))]);
        await Store.ClearAsync(Ended);
        Assert.Empty(await GetNewestAsync());
        Assert.Empty(await GetAsync(NameOf(1), NameOf(2)));
        await Store.ClearAsync(Ended);
        await PutAsync(Numbered(1));

        AssertSame([Numbered(1)], await GetAsync("conversation"));
    }
}
