using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Stores.Conformance;

public abstract partial class SignatureStoreConformance
{
    [Fact]
    public async Task A_signature_is_returned_until_the_moment_it_expires_and_never_from_then_on()
    {
        var signature = Numbered(0);
        await PutAsync(signature);

        Time.SetUtcNow(signature.ExpiresAt.AddMilliseconds(-1));
        AssertSame([signature], await GetAsync("conversation"));
        AssertSame([signature], await GetNewestAsync());

        Time.SetUtcNow(signature.ExpiresAt);
        Assert.Empty(await GetAsync("conversation"));
        Assert.Empty(await GetNewestAsync());

        Time.SetUtcNow(signature.ExpiresAt.AddDays(1));
        Assert.Empty(await GetAsync("conversation"));
        Assert.Empty(await GetNewestAsync());
    }

    [Fact]
    public async Task What_is_put_too_late_is_never_returned()
    {
        await PutAsync(Numbered(1) with { ExpiresAt = Start });

        Assert.Empty(await GetAsync("conversation"));
        Assert.Empty(await GetNewestAsync());
    }

    [Fact]
    public async Task What_expires_during_an_enumeration_is_not_returned_any_more()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 50).Select(i => Numbered(i))];
        await PutAsync(all);
        List<StoredSignature> found = [];

        await foreach (var signature in Store.GetNewestAsync(Ended))
        {
            found.Add(signature);
            if (found.Count == 10)
            {
                Time.SetUtcNow(Start + TimeToLive.Add(TimeSpan.FromDays(1)));
            }
        }

        AssertSame(all.TakeLast(10), found);
    }

    [Fact]
    public async Task RemoveExpired_removes_what_has_expired_and_nothing_else()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 1_000).Select(i => Numbered(i, NameOf(i % 7)))];
        await PutAsync(all);
        Time.SetUtcNow(all[599].ExpiresAt);

        Assert.InRange(await Store.RemoveExpiredAsync(Ended), 0, 600);
        AssertSame(all[600..], await GetNewestAsync());
        Assert.Equal(0, await Store.RemoveExpiredAsync(Ended));
        AssertSame(all[600..], await GetNewestAsync());
    }

    [Fact]
    public async Task RemoveExpired_has_nothing_to_do_in_an_empty_store() =>
        Assert.Equal(0, await Store.RemoveExpiredAsync(Ended));

    [Fact]
    public async Task Each_signature_has_its_own_time_to_live()
    {
        var brief = Numbered(2) with { ExpiresAt = Start.AddHours(1) };
        var lasting = Numbered(1) with { ExpiresAt = Start.AddYears(5) };
        await PutAsync(brief, lasting);
        Time.SetUtcNow(Start.AddYears(4));
        await Store.RemoveExpiredAsync(Ended);

        AssertSame([lasting], await GetAsync("conversation"));
        AssertSame([lasting], await GetNewestAsync());
    }

    [Fact]
    public async Task A_time_to_live_can_be_put_shorter()
    {
        var signature = Numbered(1);
        await PutAsync(signature);
        await PutAsync(signature with { ExpiresAt = Start.AddHours(1) });
        Time.SetUtcNow(Start.AddHours(1));

        Assert.Empty(await GetAsync("conversation"));
    }
}
