using FastSignatureCache.Redis.Entries;
using FastSignatureCache.Stores;
using FastSignatureCache.Stores.Conformance;
using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Redis.Tests.Entries;

public sealed class EntryTests
{
    private static readonly StoredSignature Sample = new(
        new("conversation", "gemini-3-pro", "漢\ud83d"),
        new(0x0102030405060708, 0x1112131415161718, 3),
        new byte[] { 1, 2, 3, 250 },
        SignatureStoreConformance.Start.AddTicks(7),
        SignatureStoreConformance.Start.AddDays(7));

    // What a released version has written, every later one must read, and write until its layout has a new number.
    [Fact]
    public void The_layout_is_that_of_the_committed_bytes()
    {
        var entry = Entry.Of(Sample);

        Assert.Equal(Fixture("entry-1-value"), entry.Value);
        Assert.Equal(Fixture("entry-1-field"), entry.Field);
        AssertSame([Sample], [Entry.Read(Fixture("entry-1-value"))!]);
    }

    [Fact]
    public void The_expiry_lies_where_scripts_look_for_it()
    {
        Assert.Equal(17, Entry.ExpiresOffset);
        Assert.Equal(Sample.ExpiresAt.UtcTicks, BitConverter.ToInt64(Entry.Of(Sample).Value, Entry.ExpiresOffset));
    }

    [Fact]
    public void A_flipped_bit_is_noticed_wherever_it_is()
    {
        var value = Entry.Of(Sample).Value;
        for (var bit = 0; bit < value.Length * 8; bit++)
        {
            var damaged = value.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Null(Entry.Read(damaged));
        }
    }

    [Fact]
    public void A_value_that_was_cut_off_or_goes_on_is_noticed()
    {
        var value = Entry.Of(Sample).Value;
        for (var length = 0; length < value.Length; length++)
        {
            Assert.Null(Entry.Read(value.AsMemory(0, length)));
        }

        Assert.Null(Entry.Read(value.Append((byte)0).ToArray()));
    }

    [Fact]
    public void Random_bytes_under_a_right_checksum_do_no_harm()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var value = Entry.Of(Sample).Value;
            random.NextBytes(value.AsSpan(9 + random.Next(value.Length - 9)));
            Entry.Seal(value);

            // It may be read as something else, which then is what somebody wrote; it must not throw.
            _ = Entry.Read(value);
        }
    }

    [Fact]
    public void A_later_version_is_not_read_and_not_taken_for_damage()
    {
        var value = Entry.Of(Sample).Value;
        value[0] = 2;

        Assert.Null(Entry.Read(value));
        Assert.True(Entry.IsOfLaterVersion(value));
        Assert.False(Entry.IsOfLaterVersion([0]));
        Assert.False(Entry.IsOfLaterVersion([]));
    }

    [Fact]
    public void Fields_of_one_key_begin_alike_and_of_another_do_not()
    {
        var field = Entry.Of(Sample).Field;
        var samePrefix = Entry.Of(Sample with { Payload = new byte[] { 9 } }).Field;

        Assert.Equal(KeyDigest.OfKey(Sample.Key), field[..KeyDigest.Length]);
        Assert.Equal(field[..KeyDigest.Length], samePrefix[..KeyDigest.Length]);
        Assert.NotEqual(field, samePrefix);
        Assert.NotEqual(KeyDigest.OfKey(new("conversation", "gemini-3-pro", "other")), field[..KeyDigest.Length]);
    }

    [Fact]
    public void Names_of_keys_stay_as_they_are()
    {
        var keys = new KeySpace("fsc:");
        var digest = KeyDigest.OfConversation("conversation");

        Assert.Equal("fsc:c:{000102030405060708090a0b0c0d0e0f}", keys.Conversation([.. Enumerable.Range(0, 16).Select(i => (byte)i)]));
        Assert.Equal("fsc:i:{7}:created", keys.Created(7));
        Assert.Equal("fsc:i:{7}:expires", keys.Expires(7));
        Assert.Equal("fsc:removals", keys.Channel.ToString());
        Assert.Equal("28aebe7791a71131a444c97b6726936c", Convert.ToHexStringLower(digest));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 1)]
    [InlineData(-1, 0)]
    [InlineData(-10_001, -1)]
    public void Times_are_rounded_up_to_whole_milliseconds(long ticks, long milliseconds) =>
        Assert.Equal(milliseconds, UnixMilliseconds.AtOrAfter(DateTimeOffset.UnixEpoch.AddTicks(ticks)));

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name + ".bin"));
}
