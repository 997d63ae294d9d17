using System.Buffers.Text;
using System.Text;

namespace FastSignatureCache.Tests.Formats;

/// <summary>Headers of all lengths, with everything at every place: where vectors and windows of 12, 16 and 64 begin and end.</summary>
public class JwtHeaderBoundaryTests
{
    private const string Rest = ".e30.c2ln";

    // What decides: what belongs to JSON, what may not stand in a string, what isn't ASCII, and of each the neighbours.
    private static readonly byte[] Deciding = [.. "\"\\{}[]:,ag !#"u8, 0, (byte)'\n', 0x1f, 0x7f, 0x80, 0xc3, 0xff];

    public static TheoryData<int> Lengths => [.. Enumerable.Range(30, 24), .. Enumerable.Range(60, 10), .. Enumerable.Range(124, 10), 191, 192, 193];

    [Fact]
    public void Plain_header_of_any_length_is_accepted()
    {
        for (var length = 30; length < 1_000; length++)
        {
            Assert.True(IsValid(Header(length)), $"{length}");
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Any_byte_anywhere_is_judged_as_by_the_slow_and_obvious_check(int length)
    {
        for (var at = 0; at < length; at++)
        {
            foreach (var value in Deciding)
            {
                var header = Header(length);
                header[at] = value;
                AssertAgrees(header);
            }
        }
    }

    [Theory]
    [InlineData("\\n")]
    [InlineData("\\\"")]
    [InlineData("\\u0061")]
    [InlineData("\\x")]
    [InlineData("\\u00g1")]
    [InlineData("\u00e9")]
    [InlineData("\U0001F600")]
    [InlineData("\",\"")]
    [InlineData("\":\"")]
    [InlineData("\",\"a\":\"")]
    [InlineData("\",\"alg\":\"")]
    [InlineData("\", \"a\":\"")]
    [InlineData("\",\"a\":1,\"b\":\"")]
    public void Anything_inserted_anywhere_is_judged_as_by_the_slow_and_obvious_check(string inserted)
    {
        var bytes = Encoding.UTF8.GetBytes(inserted);
        foreach (var length in (int[])[33, 64, 140, 200])
        {
            for (var at = 0; at <= length; at++)
            {
                var header = Header(length);
                AssertAgrees([.. header[..at], .. bytes, .. header[at..]]);
            }
        }
    }

    [Fact]
    public void Header_cut_off_anywhere_is_refused()
    {
        var header = Header(200);
        for (var length = 0; length < header.Length; length++)
        {
            Assert.False(IsValid(header[..length]), $"{length}");
        }
    }

    [Fact]
    public void Algorithm_may_be_any_member()
    {
        for (var before = 0; before < 40; before++)
        {
            var others = string.Concat(Enumerable.Range(0, before).Select(i => $"\"{new string('k', i % 5)}{i}\":\"\","));
            Assert.True(IsValid(Encoding.ASCII.GetBytes($"{{{others}\"alg\":\"\"}}")));
            Assert.False(IsValid(Encoding.ASCII.GetBytes($"{{{others}\"alh\":\"\"}}")));
            Assert.False(IsValid(Encoding.ASCII.GetBytes($"{{{others}\"alg\":\"\",\"alg\":\"\"}}")));
        }
    }

    [Fact]
    public void Only_text_and_what_ends_it_is_looked_at()
    {
        for (var length = 30; length < 200; length++)
        {
            foreach (var garbage in "\"\\,}\0\n"u8)
            {
                var buffer = new byte[256];
                buffer.AsSpan().Fill(garbage);
                Header(length).CopyTo(buffer, 0);
                buffer[length] = 0;
                Assert.True(PlainHeader.HasAlgorithm(buffer, length), $"{length}, {garbage}");
            }
        }
    }

    // Three members, so that quotes and separators lie at many places.
    private static byte[] Header(int length) => Encoding.ASCII.GetBytes($$"""{"typ":"J","alg":"E","k":"{{new string('x', length - 28)}}"}""");

    private static void AssertAgrees(byte[] header)
    {
        var expected = FormatOracle.IsHeader(Base64Url.EncodeToString(header));
        Assert.True(expected == IsValid(header), $"{(expected ? "refused" : "accepted")}: {Encoding.Latin1.GetString(header)}");
    }

    private static bool IsValid(byte[] header)
    {
        // With little after it and with much, because the decoder reads what follows.
        var token = Base64Url.EncodeToString(header) + Rest;
        var longToken = token + new string('A', 64);
        var asChars = JwtFormat.IsValid(token);
        Assert.Equal(asChars, JwtFormat.IsValid(Encoding.ASCII.GetBytes(token)));
        Assert.Equal(asChars, JwtFormat.IsValid(longToken));
        Assert.Equal(asChars, JwtFormat.IsValid(Encoding.ASCII.GetBytes(longToken)));
        return asChars;
    }
}
