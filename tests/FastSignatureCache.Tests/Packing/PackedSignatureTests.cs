using System.Text;
using FastSignatureCache.Packing;
using FsCheck;
using FsCheck.Xunit;

namespace FastSignatureCache.Tests.Packing;

public sealed class PackedSignatureTests
{
    private static readonly string[] Spellings = ["standard", "unpadded", "url", "url padded"];

    public static TheoryData<string, int> Texts
    {
        get
        {
            var texts = new TheoryData<string, int>();
            foreach (string spelling in Spellings)
            {
                for (int length = 1; length < 20; length++)
                {
                    texts.Add(spelling, length);
                }
            }

            return texts;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Base64_of_every_spelling_is_held_as_bytes(string spelling, int length)
    {
        string text = Spell(Enumerable.Range(0, length).Select(i => (byte)(255 - i)).ToArray(), spelling);

        PackedSignature packed = PackedSignature.Pack(text);

        Assert.Equal(1 + length, packed.Bytes.Length);
        AssertRestores(text, packed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("=")]
    [InlineData("====")]
    [InlineData("AB==CD==")]
    [InlineData("QUJ=")]
    [InlineData("QR==")]
    [InlineData("QQ=")]
    [InlineData("QUJD\nQUJD")]
    [InlineData(" QUJD")]
    [InlineData("a+b-c_d/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("QUJD.QUJD.QR")]
    [InlineData("QUJD.QU=D.QUJD")]
    [InlineData("QUJD.QUJD")]
    [InlineData("a.b.c.d")]
    public void What_is_not_quite_base64_comes_out_as_it_went_in(string text) => AssertRestores(text, PackedSignature.Pack(text));

    [Property(MaxTest = 1000)]
    public void Whatever_went_in_comes_out(NonNull<string> any)
    {
        string ascii = new([.. any.Get.Select(static character => (char)(character & 0x7F))]);

        AssertRestores(ascii, PackedSignature.Pack(ascii));
    }

    [Property(MaxTest = 1000)]
    public void Whatever_is_made_of_base64_characters_comes_out(byte[] picks, byte padding)
    {
        const string Characters = "ABCZabcz0189+/-_.=";
        string text = new string([.. picks.Select(static pick => Characters[pick % Characters.Length])]) + new string('=', padding % 3);

        AssertRestores(text, PackedSignature.Pack(text));
    }

    [Property]
    public void A_token_comes_out_as_it_went_in(byte[] header, byte[] payload, byte[] signature)
    {
        string text = $"{Spell(header, "url")}.{Spell(payload, "url")}.{Spell(signature, "url")}";

        PackedSignature packed = PackedSignature.Pack(text);

        Assert.True(packed.Bytes.Length <= 9 + header.Length + payload.Length + signature.Length);
        AssertRestores(text, packed);
    }

    [Fact]
    public void A_token_that_repeats_itself_is_compressed()
    {
        string payload = string.Concat(Enumerable.Range(0, 40).Select(i => $"{{\"role\":\"member of group {i}\"}},"));
        string text = $"{Spell("{\"alg\":\"HS256\"}"u8, "url")}.{Spell(Encoding.ASCII.GetBytes(payload), "url")}.{Spell(new byte[32], "url")}";

        PackedSignature packed = PackedSignature.Pack(text);

        Assert.True(packed.Bytes.Length < payload.Length / 2);
        AssertRestores(text, packed);
    }

    [Fact]
    public void The_packed_forms_are_those_that_stores_hold()
    {
        Assert.Equal("01FBEF", Convert.ToHexString(PackedSignature.Pack("++8=").Bytes));
        Assert.Equal("02FBEF", Convert.ToHexString(PackedSignature.Pack("++8").Bytes));
        Assert.Equal("03FBEF", Convert.ToHexString(PackedSignature.Pack("--8=").Bytes));
        Assert.Equal("04FBEF", Convert.ToHexString(PackedSignature.Pack("--8").Bytes));
        Assert.Equal("050200000002000000FBEFFBEFFBEF", Convert.ToHexString(PackedSignature.Pack("--8.--8.--8").Bytes));
        Assert.Equal("002A", Convert.ToHexString(PackedSignature.Pack("*").Bytes));
    }

    [Fact]
    public void Equal_texts_are_equal_packed()
    {
        Assert.Equal(PackedSignature.Pack("QUJDQUJD"), PackedSignature.Pack("QUJDQUJD"u8));
        Assert.Equal(PackedSignature.Pack("QUJD").GetHashCode(), PackedSignature.Pack("QUJD").GetHashCode());
        Assert.NotEqual(PackedSignature.Pack("++8="), PackedSignature.Pack("--8="));
        Assert.False(PackedSignature.Pack("QUJD").Equals("QUJD"));
    }

    private static void AssertRestores(string text, PackedSignature packed)
    {
        Assert.Equal(text.Length, packed.Length);
        Assert.Equal(text, packed.ToString());
        byte[] utf8 = new byte[packed.Length];
        packed.CopyTo(utf8);
        Assert.Equal(text, Encoding.ASCII.GetString(utf8));
    }

    private static string Spell(ReadOnlySpan<byte> bytes, string spelling)
    {
        string standard = Convert.ToBase64String(bytes);
        string url = standard.Replace('+', '-').Replace('/', '_');
        return spelling switch
        {
            "standard" => standard,
            "unpadded" => standard.TrimEnd('='),
            "url" => url.TrimEnd('='),
            _ => url,
        };
    }
}
