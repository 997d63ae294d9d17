using FastSignatureCache.Candidates;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests.Candidates;

/// <summary>Two conversations can look alike: which signature belongs to which.</summary>
public sealed class CandidateTests : IDisposable
{
    private static readonly SignatureKey Key = Signatures.Key(1, part: "get_weather:{}");
    private static readonly string A = Signatures.Thought(1);
    private static readonly string B = Signatures.Thought(2);
    private static readonly string C = Signatures.Thought(3);

    private readonly FakeTimeProvider _time = new();
    private readonly SignatureCache _cache;

    public CandidateTests() =>
        _cache = new(new() { TimeToLive = TimeSpan.FromMinutes(10), CleanupInterval = Timeout.InfiniteTimeSpan }, _time);

    public void Dispose()
    {
        _cache.AssertIntact();
        _cache.Dispose();
    }

    [Fact]
    public void Second_signature_does_not_silently_replace_the_first()
    {
        _cache.Put(Key.With(history: 1), A);
        _cache.Put(Key.With(history: 2), B);

        Assert.Equal(A, _cache.Lookup(Key.With(history: 1)).Entry?.Signature);
        Assert.Equal(B, _cache.Lookup(Key.With(history: 2)).Entry?.Signature);
        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public void Look_up_without_context_returns_the_newest()
    {
        _cache.Put(Key.With(history: 1), A);
        _cache.Put(Key.With(history: 2), B);

        Assert.Equal(B, _cache.Find(Key));
    }

    [Fact]
    public void Same_history_with_different_signatures_is_ambiguous()
    {
        _cache.Put(Key.With(history: 1, turn: 1), A);
        _cache.Put(Key.With(history: 1, turn: 2), B);

        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 1, turn: 1)).Status);
    }

    [Fact]
    public void Turn_decides_where_no_history_agrees()
    {
        _cache.Put(Key.With(history: 1, turn: 1), A);
        _cache.Put(Key.With(history: 2, turn: 2), B);

        Assert.Equal(A, _cache.Lookup(Key.With(history: 9, turn: 1)).Entry?.Signature);
        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 9, turn: 9)).Status);
    }

    [Fact]
    public void Same_turn_with_different_signatures_is_ambiguous()
    {
        _cache.Put(Key.With(history: 1, turn: 1), A);
        _cache.Put(Key.With(history: 2, turn: 1), B);

        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 9, turn: 1)).Status);
        Assert.Equal(B, _cache.Lookup(Key.With(history: 2, turn: 1)).Entry?.Signature);
    }

    [Fact]
    public void History_wins_over_turn()
    {
        _cache.Put(Key.With(history: 1, turn: 2), A);
        _cache.Put(Key.With(history: 2, turn: 1), B);

        Assert.Equal(A, _cache.Lookup(Key.With(history: 1, turn: 1)).Entry?.Signature);
    }

    [Fact]
    public void Only_candidate_needs_its_occurrence_alone_to_agree()
    {
        _cache.Put(Key.With(history: 1, turn: 1, occurrence: 2), A);

        Assert.Equal(A, _cache.Lookup(Key.With(history: 9, turn: 9, occurrence: 2)).Entry?.Signature);
        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 9, turn: 9, occurrence: 3)).Status);
    }

    [Fact]
    public void Candidates_with_the_same_signature_make_no_ambiguity()
    {
        _cache.Put(Key.With(history: 1, turn: 1, occurrence: 1), A);
        _cache.Put(Key.With(history: 1, turn: 2, occurrence: 2), new string(A.AsSpan()));

        Assert.Equal(A, _cache.Lookup(Key.With(history: 1)).Entry?.Signature);
        Assert.Equal(A, _cache.Lookup(Key.With(history: 9, turn: 9, occurrence: 1)).Entry?.Signature);
        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 9, turn: 9, occurrence: 3)).Status);
    }

    [Fact]
    public void Same_signature_in_the_same_context_only_renews()
    {
        _cache.Put(Key.With(history: 1), A);
        _cache.Put(Key.With(history: 2), B);
        _cache.Lookup(Key.With(history: 1));
        var bytes = _cache.EstimatedBytes;
        _time.Advance(TimeSpan.FromMinutes(1));

        _cache.Put(Key.With(history: 1), A);

        Assert.Equal(bytes, _cache.EstimatedBytes);
        var renewed = _cache.Peek(Key)!;
        Assert.Equal((A, 1L), (renewed.Signature, renewed.RequestCount));
        Assert.Equal(_time.GetUtcNow(), renewed.CreatedAt);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(A, _cache.Lookup(Key.With(history: 1)).Entry?.Signature);
    }

    [Fact]
    public void Put_without_context_replaces_all_candidates()
    {
        _cache.Put(Key.With(history: 1), A);
        _cache.Put(Key.With(history: 2), B);

        _cache.Put(Key, C);

        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 1, turn: 5, occurrence: 7)).Status);
        Assert.Equal(C, _cache.Find(Key));
        Assert.Equal(C, _cache.Lookup(Key.With(history: 5, turn: 5)).Entry?.Signature);
    }

    [Fact]
    public void Each_candidate_expires_by_itself()
    {
        _cache.Put(Key.With(history: 1, occurrence: 1), A);
        _time.Advance(TimeSpan.FromMinutes(6));
        _cache.Put(Key.With(history: 2, occurrence: 2), B);
        var both = _cache.EstimatedBytes;
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 1, turn: 9, occurrence: 1)).Status);
        Assert.Equal(B, _cache.Lookup(Key.With(history: 9, turn: 9, occurrence: 2)).Entry?.Signature);

        Assert.Equal(0, _cache.RemoveExpired());
        Assert.True(_cache.EstimatedBytes < both);
        Assert.Equal((1, 0L), (_cache.Count, _cache.GetMetrics().Expirations));

        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(SignatureLookupStatus.Expired, _cache.Lookup(Key.With(history: 2)).Status);
        Assert.Equal((0, 1L), (_cache.Count, _cache.GetMetrics().Expirations));
    }

    [Fact]
    public void Put_drops_the_candidates_that_have_expired()
    {
        _cache.Put(Key.With(history: 1), A);
        _time.Advance(TimeSpan.FromMinutes(10));

        _cache.Put(Key.With(history: 2, occurrence: 4), B);

        Assert.Equal(B, _cache.Lookup(Key.With(history: 9, turn: 9, occurrence: 4)).Entry?.Signature);
        Assert.Equal((1, 1L), (_cache.Count, _cache.GetMetrics().Expirations));
    }

    [Fact]
    public void Expired_candidates_take_nobody_s_place_and_pass_nothing_on()
    {
        for (var i = 0; i < 15; i++)
        {
            _cache.Put(Key.With(history: (ulong)i, turn: (ulong)i), Signatures.Thought(i));
        }

        Assert.True(_cache.Lookup(Key.With(history: 3)).IsHit);
        _time.Advance(TimeSpan.FromMinutes(5));
        _cache.Put(Key.With(history: 50, turn: 50), B);
        _time.Advance(TimeSpan.FromMinutes(5));

        _cache.Put(Key.With(history: 3, turn: 3), Signatures.Thought(3));
        _cache.Put(Key.With(history: 51, turn: 51), C);

        // Nothing live was dropped, so the turn is still trusted; and what is put again after its expiry is a new entry.
        Assert.Equal(B, _cache.Lookup(Key.With(history: 99, turn: 50)).Entry?.Signature);
        Assert.Equal(1, _cache.Lookup(Key.With(history: 3)).Entry?.RequestCount);
    }

    [Fact]
    public void Sixteen_candidates_are_kept_and_of_more_the_newest_for_whoever_asks_without_a_context()
    {
        Assert.Equal(16, CandidateSet.MaxCandidates);
        for (var i = 0; i < 16; i++)
        {
            _cache.Put(Key.With(history: (ulong)i, turn: (ulong)i), Signatures.Thought(i));
        }

        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(Signatures.Thought(i), _cache.Lookup(Key.With(history: (ulong)i)).Entry?.Signature);
        }

        _cache.Put(Key.With(history: 16, turn: 16), Signatures.Thought(16));

        for (var i = 0; i < 17; i++)
        {
            Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: (ulong)i, turn: (ulong)i)).Status);
        }

        Assert.Equal(Signatures.Thought(16), _cache.Find(Key));
        _cache.AssertIntact();
    }

    [Fact]
    public void After_one_was_dropped_nothing_is_certain()
    {
        for (var i = 0; i < 17; i++)
        {
            _cache.Put(Key.With(history: (ulong)i, turn: (ulong)i), A[..^4] + Signatures.Thought(i)[^4..]);
        }

        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 99, turn: 5)).Status);
        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 5, turn: 99)).Status);

        // It is remembered when all the others have expired, too.
        _time.Advance(TimeSpan.FromMinutes(5));
        _cache.Put(Key.With(history: 50, turn: 50), B);
        _time.Advance(TimeSpan.FromMinutes(5));
        _cache.RemoveExpired();
        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 99, turn: 50)).Status);
        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup(Key.With(history: 50)).Status);

        // And forgotten when everything was replaced.
        _cache.Put(Key, C);
        Assert.Equal(C, _cache.Lookup(Key.With(history: 99, turn: 99)).Entry?.Signature);
    }

    [Fact]
    public void First_alternative_that_answers_wins()
    {
        var other = Signatures.Key(2, part: "call_1");
        _cache.Put(Key.With(history: 1), A);
        _cache.Put(other.With(history: 1), B);

        Assert.Equal(B, _cache.Lookup([other.With(history: 1), Key.With(history: 1)]).Entry?.Signature);
        Assert.Equal(A, _cache.Lookup([Signatures.Key(3).With(), Key.With(history: 1), other.With(history: 1)]).Entry?.Signature);
    }

    [Fact]
    public void Alternatives_count_as_one_look_up()
    {
        _cache.Put(Key.With(history: 1), A);

        _cache.Lookup([Signatures.Key(3).With(), Signatures.Key(4).With(), Key.With(history: 1)]);
        _cache.Lookup([Signatures.Key(3).With(), Signatures.Key(4).With()]);
        _cache.Lookup([Key.With(history: 9, turn: 9, occurrence: 9), Signatures.Key(4).With()]);

        var metrics = _cache.GetMetrics();
        Assert.Equal((1, 2), (metrics.Hits, metrics.Misses));
    }

    [Fact]
    public void Most_informative_reason_is_reported()
    {
        var expiring = Signatures.Key(7);
        var colliding = new SignatureKey("kept", "model", "", hash: 42);
        var wrongConversation = new SignatureKey("asked", "model", "", hash: 42).With();
        var wrongModel = new SignatureKey("kept", "other", "", hash: 42).With();
        var ambiguous = Key.With(history: 9, turn: 9, occurrence: 9);
        var miss = Signatures.Key(99).With();

        Assert.Equal(SignatureLookupStatus.ConversationMismatch, StatusOf(miss, wrongConversation, miss));
        Assert.Equal(SignatureLookupStatus.ModelMismatch, StatusOf(wrongModel, wrongConversation, miss));
        Assert.Equal(SignatureLookupStatus.Expired, StatusOf(wrongModel, expiring.With(), wrongConversation));
        Assert.Equal(SignatureLookupStatus.Ambiguous, StatusOf(expiring.With(), ambiguous, miss));

        SignatureLookupStatus StatusOf(params ReadOnlySpan<ContextualKey> alternatives)
        {
            _cache.Put(expiring, A);
            _time.Advance(TimeSpan.FromMinutes(10));
            _cache.Put(colliding, A);
            _cache.Put(Key.With(history: 1), A);
            return _cache.Lookup(alternatives).Status;
        }
    }

    [Fact]
    public void Candidates_together_never_exceed_the_byte_budget()
    {
        using var cache = new SignatureCache(new() { MaxBytes = 8_192 }, _time);
        for (var i = 0; i < 16; i++)
        {
            Assert.True(cache.Put(Key.With(history: (ulong)i), Signatures.Thought(i, length: 1_000)));
            cache.AssertIntact(maxBytes: 8_192);
        }

        Assert.Equal(Signatures.Thought(15, length: 1_000), cache.Find(Key));
        Assert.Equal(SignatureLookupStatus.Ambiguous, cache.Lookup(Key.With(history: 15)).Status);
    }

    [Fact]
    public void What_an_alternative_leaves_open_only_an_equal_history_settles()
    {
        var other = Signatures.Key(2);
        _cache.Put(Key.With(history: 1, turn: 1), A);
        _cache.Put(Key.With(history: 1, turn: 1), B);
        _cache.Put(other.With(history: 2, turn: 1), C);

        Assert.Equal(SignatureLookupStatus.Ambiguous, _cache.Lookup([Key.With(1, 1), other.With(history: 3, turn: 1)]).Status);
        Assert.Equal(C, _cache.Lookup([Key.With(1, 1), other.With(history: 2, turn: 9)]).Entry?.Signature);
        Assert.Equal(C, _cache.Lookup([other.With(history: 3, turn: 1)]).Entry?.Signature);
    }

    [Fact]
    public void One_signature_is_kept_under_all_of_its_keys()
    {
        var other = Signatures.Key(2);

        Assert.True(_cache.Put([Key.With(1), other.With(2)], A));
        Assert.False(_cache.Put([], A));
        Assert.False(_cache.Put([Key.With(1), other.With(2)], "no signature"));

        Assert.Equal(A, _cache.Lookup(Key.With(1)).Entry?.Signature);
        Assert.Equal(A, _cache.Lookup(other.With(2)).Entry?.Signature);
        Assert.Equal(1, _cache.GetMetrics().RefusedFormats);
    }

    [Fact]
    public void Remove_takes_all_candidates_away()
    {
        _cache.Put(Key.With(history: 1), A);
        _cache.Put(Key.With(history: 2), B);

        Assert.True(_cache.Remove(Key));
        Assert.Equal(SignatureLookupStatus.Miss, _cache.Lookup(Key.With(history: 1)).Status);
    }
}
