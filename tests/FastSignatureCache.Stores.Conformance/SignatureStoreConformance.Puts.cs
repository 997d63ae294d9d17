using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Stores.Conformance;

public abstract partial class SignatureStoreConformance
{
    [Fact]
    public async Task What_was_put_is_returned_for_its_conversation_and_for_no_other()
    {
        StoredSignature[] first = [Numbered(1, "a"), Numbered(2, "a")];
        StoredSignature[] second = [Numbered(1, "b")];
        await PutAsync([.. first, .. second]);

        AssertSame(first, await GetAsync("a"));
        AssertSame(second, await GetAsync("b"));
        Assert.Empty(await GetAsync("c"));
        Assert.Empty(await GetAsync("A"));
        Assert.Empty(await GetAsync("a "));
    }

    [Fact]
    public async Task Same_key_and_context_with_different_payloads_are_kept_apart()
    {
        var signature = Numbered(1);
        var longer = signature with { Payload = new byte[] { 1, 2, 3, 0 } };
        var shorter = signature with { Payload = new byte[] { 1, 2, 3 } };
        await PutAsync(signature, longer);
        await PutAsync(shorter);

        AssertSame([signature, longer, shorter], await GetAsync("conversation"));
    }

    [Fact]
    public async Task The_same_again_renews_its_times()
    {
        var signature = Numbered(1);
        var renewed = signature with { CreatedAt = signature.CreatedAt.AddDays(2), ExpiresAt = signature.ExpiresAt.AddDays(2) };
        await PutAsync(signature, Numbered(2));
        await PutAsync(renewed with { Payload = renewed.Payload.ToArray() });

        AssertSame([renewed, Numbered(2)], await GetAsync("conversation"));
        AssertSame([renewed, Numbered(2)], await GetNewestAsync());
        Time.SetUtcNow(signature.ExpiresAt.AddDays(1));
        AssertSame([renewed], await GetAsync("conversation"));
    }

    [Fact]
    public async Task The_same_twice_in_one_batch_is_kept_once_with_the_last_times()
    {
        var signature = Numbered(1);
        var renewed = signature with { CreatedAt = signature.CreatedAt.AddDays(2), ExpiresAt = signature.ExpiresAt.AddDays(2) };
        await PutAsync(signature, renewed);

        AssertSame([renewed], await GetAsync("conversation"));
    }

    [Fact]
    public async Task What_had_expired_and_is_put_again_is_there_again()
    {
        var signature = Numbered(1);
        await PutAsync(signature);
        Time.SetUtcNow(signature.ExpiresAt);
        var renewed = signature with { CreatedAt = Time.GetUtcNow(), ExpiresAt = Time.GetUtcNow().AddDays(1) };
        await PutAsync(renewed);

        AssertSame([renewed], await GetAsync("conversation"));
    }

    [Fact]
    public async Task Contexts_are_kept_apart()
    {
        var signature = Numbered(1);
        SignatureContext[] contexts =
        [
            new(0, 0, 0),
            new(1, 0, 0),
            new(0, 1, 0),
            new(0, 0, 1),
            new(ulong.MaxValue, 0, 0),
            new(0, ulong.MaxValue, 0),
            new(1UL << 63, 1UL << 63, int.MaxValue),
        ];
        StoredSignature[] all = [.. contexts.Select(context => signature with { Context = context })];
        await PutAsync(all);

        AssertSame(all, await GetAsync("conversation"));
    }

    [Fact]
    public async Task Keys_that_read_the_same_when_joined_are_kept_apart()
    {
        StoredSignature[] all =
        [
            Of(new("a", "b", "c")),
            Of(new("ab", "c", "")),
            Of(new("a", "bc", "")),
            Of(new("a:b", "c", "")),
            Of(new("a", "b:c", "")),
            Of(new("a", "b", "")),
        ];
        await PutAsync(all);

        AssertSame(all.Where(signature => signature.Key.ConversationId == "a"), await GetAsync("a"));
        AssertSame([all[1]], await GetAsync("ab"));
        AssertSame([all[3]], await GetAsync("a:b"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(4_096)]
    [InlineData(65_537)]
    [InlineData(2 * 1024 * 1024)]
    public async Task A_payload_comes_back_byte_for_byte(int length)
    {
        var signature = Numbered(length, payload: length);
        await PutAsync(signature, Numbered(0));

        AssertSame([signature, Numbered(0)], await GetAsync("conversation"));
        AssertSame([signature, Numbered(0)], await GetNewestAsync());
    }

    [Fact]
    public async Task Every_value_of_a_byte_comes_back()
    {
        StoredSignature[] all = [.. Enumerable.Range(0, 256).Select(value => Numbered(value) with { Payload = new[] { (byte)value } })];
        await PutAsync(all);

        AssertSame(all, await GetAsync("conversation"));
    }
}
