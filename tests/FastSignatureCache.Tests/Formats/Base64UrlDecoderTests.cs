using System.Buffers.Text;
using System.Text;

namespace FastSignatureCache.Tests.Formats;

public class Base64UrlDecoderTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".\u00ff\uffff\0=")]
    [InlineData(".AAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff\uffff")]
    public void Decodes_as_the_framework_does_whatever_follows(string rest)
    {
        var random = new Random(1);
        for (var length = 0; length < 300; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var text = Base64Url.EncodeToString(bytes);

            var fromChars = new byte[length + Base64UrlDecoder.Excess];
            Assert.Equal(length, Base64UrlDecoder.DecodeStart<char>(text + rest, text.Length, fromChars));
            Assert.Equal(bytes, fromChars[..length]);

            var fromBytes = new byte[length + Base64UrlDecoder.Excess];
            Assert.Equal(length, Base64UrlDecoder.DecodeStart<byte>(Encoding.Latin1.GetBytes(text + rest), text.Length, fromBytes));
            Assert.Equal(bytes, fromBytes[..length]);
        }
    }

    [Fact]
    public void Decodes_every_character_at_every_place()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (var at = 0; at < 32; at++)
        {
            foreach (var character in Alphabet)
            {
                var text = new string('_', at) + character + new string('A', 31 - at);
                var bytes = new byte[64];
                Assert.Equal(24, Base64UrlDecoder.DecodeStart<char>(text, text.Length, bytes));
                Assert.Equal(text, Base64Url.EncodeToString(bytes.AsSpan(0, 24)));
            }
        }
    }
}
