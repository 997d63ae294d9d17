using System.Buffers;
using System.Text;
using FastSignatureCache.Metrics;
using FastSignatureCache.Packing;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FastSignatureCache.Tests;

public class CachedSignatureTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Entry_is_created_with_key_time_and_count_0()
    {
        using var cache = new SignatureCache(timeProvider: _time);
        var key = Signatures.Key(1);
        cache.Put(key.With(history: 3, turn: 4, occurrence: 5), Signatures.Thought(1));

        // Found without counting: the entry as the put has left it.
        var entry = cache.Peek(key);

        Assert.NotNull(entry);
        Assert.Equal(key, entry.Key);
        Assert.Equal(Signatures.Thought(1), entry.Signature);
        Assert.Equal(72, entry.Length);
        Assert.Equal(_time.GetUtcNow(), entry.CreatedAt);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(7), entry.ExpiresAt);
        Assert.Equal(new SignatureContext(3, 4, 5), entry.Context);
        Assert.Equal(0, entry.RequestCount);
    }

    [Fact]
    public void Count_rises_with_use()
    {
        using var cache = new SignatureCache(timeProvider: _time);
        cache.Put(Signatures.Key(1), Signatures.Thought(1));

        cache.TryGet(Signatures.Key(1), out _);
        cache.Lookup(Signatures.Key(1));
        cache.Lookup(Signatures.Key(1).With());

        Assert.Equal(3, cache.Peek(Signatures.Key(1))!.RequestCount);
    }

    [Fact]
    public void Count_is_exact_up_to_64_and_a_good_estimate_after_that()
    {
        var entry = Entry();
        for (var i = 1; i <= 64; i++)
        {
            entry.CountRequest(hit: i);
            Assert.Equal(i, entry.RequestCount);
        }

        for (var i = 65; i <= 100_000; i++)
        {
            entry.CountRequest(hit: i);
        }

        Assert.InRange(entry.RequestCount, 66_667, 133_333);
    }

    [Theory]
    [InlineData(2, 10_000)]
    [InlineData(55, 10_000)]
    [InlineData(64, 10_000)]
    [InlineData(233, 1_000)]
    [InlineData(610, 1_000)]
    [InlineData(987, 1_000)]
    [InlineData(1_000, 1_000)]
    [InlineData(2_584, 300)]
    public void Count_is_fair_to_entries_that_are_asked_for_in_turns(int entries, int times)
    {
        var turns = Enumerable.Range(0, entries).Select(_ => Entry()).ToArray();
        for (var hit = 1; hit <= entries * times; hit++)
        {
            turns[hit % entries].CountRequest(hit);
        }

        Assert.InRange(turns.Average(entry => entry.RequestCount), 0.8 * times, 1.2 * times);
        Assert.All(turns, entry => Assert.InRange(entry.RequestCount, 0.4 * times, 1.8 * times));
    }

    [Fact]
    public void Text_is_copied_as_UTF16_and_as_UTF8()
    {
        var entry = Entry();
        var chars = new char[80];
        var bytes = new byte[80];
        var writer = new ArrayBufferWriter<byte>();

        Assert.Equal(72, entry.CopyTo(chars));
        Assert.Equal(72, entry.CopyTo(bytes));
        entry.WriteTo(writer);

        Assert.Equal(entry.Signature, new string(chars, 0, 72));
        Assert.Equal(entry.Signature, Encoding.UTF8.GetString(bytes, 0, 72));
        Assert.Equal(entry.Signature, Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Fact]
    public void Too_short_a_destination_is_refused()
    {
        var entry = Entry();

        Assert.Throws<ArgumentException>(() => entry.CopyTo(new char[71]));
        Assert.Throws<ArgumentException>(() => entry.CopyTo(new byte[71]));
        Assert.Throws<ArgumentNullException>(() => entry.WriteTo(null!));
    }

    [Fact]
    public void Its_own_text_does_not_show_the_signature() =>
        Assert.DoesNotContain(Signatures.Thought(1)[..8], Entry().ToString(), StringComparison.Ordinal);

    private static CachedSignature Entry() =>
        new(Signatures.Key(1), default, PackedSignature.Pack(Signatures.Thought(1)), LookupCell.Create(), 0, 1, 1);
}
