using System.Text;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests;

public sealed class SignatureCacheTests : IDisposable
{
    private readonly SignatureCache _cache = new(timeProvider: new FakeTimeProvider());

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Put_and_get()
    {
        Assert.True(_cache.Put(Signatures.Key(1), Signatures.Thought(1)));

        Assert.True(_cache.TryGet(Signatures.Key(1), out var entry));
        Assert.Equal(Signatures.Thought(1), entry.Signature);
        var lookup = _cache.Lookup(Signatures.Key(1));
        Assert.True(lookup.IsHit);
        Assert.Equal((SignatureLookupStatus.Hit, entry), (lookup.Status, lookup.Entry));
        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public void Put_takes_characters_and_UTF8()
    {
        Assert.True(_cache.Put(Signatures.Key(1), Signatures.Thought(1).AsSpan()));
        Assert.True(_cache.Put(Signatures.Key(2), Encoding.UTF8.GetBytes(Signatures.Thought(2)).AsSpan()));

        Assert.Equal(Signatures.Thought(1), _cache.Find(Signatures.Key(1)));
        Assert.Equal(Signatures.Thought(2), _cache.Find(Signatures.Key(2)));
    }

    [Fact]
    public void Miss()
    {
        Assert.False(_cache.TryGet(Signatures.Key(1), out var entry));
        Assert.Null(entry);
        Assert.Equal(new SignatureLookup(SignatureLookupStatus.Miss, null), _cache.Lookup(Signatures.Key(1)));
        Assert.Equal(SignatureLookupStatus.Miss, _cache.Lookup(Signatures.Key(1).With()).Status);
        Assert.Equal(SignatureLookupStatus.Miss, _cache.Lookup([]).Status);
    }

    [Fact]
    public void Replacing_put_returns_the_new_signature_only()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));
        _cache.Put(Signatures.Key(1), Signatures.Thought(2));

        Assert.Equal(Signatures.Thought(2), _cache.Find(Signatures.Key(1)));
        Assert.Equal(1, _cache.Count);
        _cache.AssertIntact();
    }

    [Fact]
    public void Parts_of_one_conversation_are_kept_apart()
    {
        _cache.Put(Signatures.Key(1, part: "call_a"), Signatures.Thought(1));
        _cache.Put(Signatures.Key(1, part: "call_b"), Signatures.Thought(2));

        Assert.Equal(Signatures.Thought(1), _cache.Find(Signatures.Key(1, part: "call_a")));
        Assert.Equal(Signatures.Thought(2), _cache.Find(Signatures.Key(1, part: "call_b")));
        Assert.Null(_cache.Find(Signatures.Key(1)));
    }

    [Fact]
    public void Wrong_conversation_and_wrong_model_never_answer()
    {
        _cache.Put(new SignatureKey("conversation", "model"), Signatures.Thought(1));

        Assert.Null(_cache.Find(new SignatureKey("another", "model")));
        Assert.Null(_cache.Find(new SignatureKey("conversation", "another")));
        Assert.Null(_cache.Find(new SignatureKey("conversationm", "odel")));
    }

    [Theory]
    [InlineData("another", "model", "part", SignatureLookupStatus.ConversationMismatch)]
    [InlineData("conversation", "another", "part", SignatureLookupStatus.ModelMismatch)]
    [InlineData("conversation", "model", "another", SignatureLookupStatus.Miss)]
    [InlineData("another", "another", "another", SignatureLookupStatus.ConversationMismatch)]
    public void Equal_hashes_of_different_keys_never_answer(string conversation, string model, string part, SignatureLookupStatus expected)
    {
        var kept = new SignatureKey("conversation", "model", "part", hash: 42);
        var asked = new SignatureKey(conversation, model, part, hash: 42);
        _cache.Put(kept, Signatures.Thought(1));

        Assert.Null(_cache.Find(asked));
        Assert.Equal(expected, _cache.Lookup(asked).Status);
        Assert.Equal(expected, _cache.Lookup(asked.With()).Status);
        Assert.False(_cache.Remove(asked));
        Assert.False(_cache.ReportCorrupted(asked));
        Assert.Equal(Signatures.Thought(1), _cache.Find(kept));
    }

    [Fact]
    public void Put_of_a_key_with_the_same_hash_evicts_the_other()
    {
        var first = new SignatureKey("first", "model", "", hash: 42);
        var second = new SignatureKey("second", "model", "", hash: 42);
        _cache.Put(first, Signatures.Thought(1));
        _cache.Put(second.With(), Signatures.Thought(2));

        Assert.Null(_cache.Find(first));
        Assert.Equal(Signatures.Thought(2), _cache.Find(second));
        Assert.Equal(1, _cache.GetMetrics().Evictions);
        _cache.AssertIntact();
    }

    [Fact]
    public void Remove_takes_the_entry_away()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));

        Assert.True(_cache.Remove(Signatures.Key(1)));
        Assert.False(_cache.Remove(Signatures.Key(1)));
        Assert.Null(_cache.Find(Signatures.Key(1)));
        Assert.Equal((0, 0L), (_cache.Count, _cache.EstimatedBytes));
    }

    [Fact]
    public void Clear_takes_everything_away_and_counts_no_eviction()
    {
        for (var i = 0; i < 100; i++)
        {
            _cache.Put(Signatures.Key(i), Signatures.Thought(i));
        }

        _cache.Clear();

        Assert.Equal((0, 0L), (_cache.Count, _cache.EstimatedBytes));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Null(_cache.Find(Signatures.Key(i))));
        Assert.Equal(0, _cache.GetMetrics().Evictions);
        _cache.AssertIntact();
        Assert.True(_cache.Put(Signatures.Key(1), Signatures.Thought(1)));
        _cache.AssertIntact();
    }

    [Fact]
    public void Format_is_accepted_and_refused()
    {
        var jwt = "eyJhbGciOiJFUzI1NiJ9.e30.c2ln";
        using var any = new SignatureCache();
        using var jwts = new SignatureCache(new() { Format = SignatureFormat.Jwt });
        using var thoughts = new SignatureCache(new() { Format = SignatureFormat.ThoughtSignature });

        Assert.Equal((true, true, false), (Put(any, jwt), Put(any, Signatures.Thought(1)), Put(any, "no signature")));
        Assert.Equal((true, false, false), (Put(jwts, jwt), Put(jwts, Signatures.Thought(1)), Put(jwts, "no signature")));
        Assert.Equal((false, true, false), (Put(thoughts, jwt), Put(thoughts, Signatures.Thought(1)), Put(thoughts, "no signature")));
    }

    [Fact]
    public void Refused_put_leaves_what_was_there()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));

        Assert.False(_cache.Put(Signatures.Key(1), "no signature"));
        Assert.False(_cache.Put(Signatures.Key(1).With(), "skip_thought_signature_validator"));

        Assert.Equal(Signatures.Thought(1), _cache.Find(Signatures.Key(1)));
    }

    [Fact]
    public void Longer_than_the_longest_allowed_is_refused()
    {
        using var cache = new SignatureCache(new() { MaxSignatureLength = 72 });

        Assert.True(cache.Put(Signatures.Key(1), Signatures.Thought(1, length: 72)));
        Assert.False(cache.Put(Signatures.Key(1), Signatures.Thought(1, length: 76)));
        Assert.False(cache.Put(Signatures.Key(1), Signatures.Thought(1, length: 76).AsSpan()));
        Assert.False(cache.Put(Signatures.Key(1), Encoding.UTF8.GetBytes(Signatures.Thought(1, length: 76)).AsSpan()));
        Assert.Equal(3, cache.GetMetrics().RefusedSizes);
    }

    [Fact]
    public void Null_signatures_and_default_keys_are_refused_loudly()
    {
        Assert.Throws<ArgumentNullException>("signature", () => _cache.Put(Signatures.Key(1), (string)null!));
        Assert.Throws<ArgumentNullException>("signature", () => _cache.Put(Signatures.Key(1).With(), null!));
        Assert.Throws<ArgumentException>("key", () => _cache.Put(default(SignatureKey), Signatures.Thought(1)));
        Assert.Throws<ArgumentException>("key", () => _cache.Put(default(SignatureKey), Signatures.Thought(1).AsSpan()));
        Assert.Throws<ArgumentException>("key", () => _cache.Put(default(SignatureKey), new byte[72].AsSpan()));
        Assert.Throws<ArgumentException>("key", () => _cache.Put([default], Signatures.Thought(1)));
        Assert.Equal(SignatureLookupStatus.Miss, _cache.Lookup(default(SignatureKey)).Status);
        Assert.False(_cache.Remove(default));
    }

    [Fact]
    public void Look_ups_allocate_nothing()
    {
        using var cache = new SignatureCache(); // on the system's clock, as in production
        var strings = (Conversation: "conversation-1", Model: "gemini-3-pro-preview", Missing: "conversation-2");
        cache.Put(new SignatureKey(strings.Conversation, strings.Model), Signatures.Thought(1));
        cache.Put(Signatures.Key(1, part: "part").With(history: 1), Signatures.Thought(1));
        cache.Put(Signatures.Key(1, part: "part").With(history: 2), Signatures.Thought(2));
        var candidates = Signatures.Key(1, part: "part");
        Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var hits = Run();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(300, hits);

        int Run()
        {
            var found = 0;
            for (var i = 0; i < 100; i++)
            {
                found += cache.TryGet(new SignatureKey(strings.Conversation, strings.Model), out _) ? 1 : 0;
                found += cache.TryGet(new SignatureKey(strings.Missing, strings.Model), out _) ? 1 : 0;
                found += cache.Lookup(new SignatureKey(strings.Conversation, strings.Model)).IsHit ? 1 : 0;
                found += cache.Lookup([candidates.With(history: 3), candidates.With(history: 1)]).IsHit ? 1 : 0;
            }

            return found;
        }
    }

    [Fact]
    public void Disposed_cache_misses_and_refuses_but_never_throws()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));

        _cache.Dispose();
        _cache.Dispose();

        Assert.Null(_cache.Find(Signatures.Key(1)));
        Assert.False(_cache.Put(Signatures.Key(1), Signatures.Thought(1)));
        Assert.False(_cache.Put(Signatures.Key(1).With(), Signatures.Thought(1)));
        Assert.False(_cache.Remove(Signatures.Key(1)));
        Assert.Equal((0, 0, 0L), (_cache.RemoveExpired(), _cache.Count, _cache.EstimatedBytes));
        _cache.Clear();
    }

    private static bool Put(SignatureCache cache, string signature)
    {
        var asChars = cache.Put(Signatures.Key(1), signature.AsSpan());
        var asBytes = cache.Put(Signatures.Key(2), Encoding.UTF8.GetBytes(signature).AsSpan());
        var asText = cache.Put(Signatures.Key(3), signature);
        Assert.Equal((asText, asText), (asChars, asBytes));
        return asText;
    }
}
