using FastSignatureCache.Sqlite.Rows;

namespace FastSignatureCache.Sqlite.Tests.Rows;

public class RowKeyTests
{
    [Fact]
    public void An_id_of_hexadecimal_digits_takes_half_a_byte_for_each()
    {
        var hexadecimal = RowKey.Of(new("0123456789abcdef0123456789abcdef", "m"), default);
        var other = RowKey.Of(new("0123456789abcdef0123456789abcdeg", "m"), default);

        Assert.Equal(16, other.Bytes.Length - hexadecimal.Bytes.Length);
    }

    [Fact]
    public void The_longest_key_of_whatever_characters_fits()
    {
        foreach (var c in "a漢\ud83d\uffff\0")
        {
            var text = new string(c, SignatureKey.MaxPartLength);
            var key = RowKey.Of(new(text, text, text), new(1, 2, 3));

            Assert.True(RowKey.TryRead(key.Bytes, out var read, out var context));
            Assert.Equal((new(text, text, text), new(1, 2, 3)), (read, context));
        }
    }

    [Fact]
    public void No_part_of_a_key_is_taken_for_a_key()
    {
        var bytes = RowKey.Of(new("conversation", "model", "part"), new(1, 2, 3)).Bytes;

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.False(RowKey.TryRead(bytes.AsSpan(0, length), out _, out _)));
        Assert.False(RowKey.TryRead([.. bytes, 0], out _, out _));
    }

    [Fact]
    public void Whatever_bytes_are_read_nothing_is_thrown()
    {
        var valid = RowKey.Of(new("conversation", "\ud83d", "00ff"), new(1, 2, 3)).Bytes;
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = valid.ToArray();
            random.NextBytes(bytes.AsSpan(random.Next(bytes.Length - 4), 1 + random.Next(4)));
            RowKey.TryRead(bytes, out _, out _);
        }
    }
}
