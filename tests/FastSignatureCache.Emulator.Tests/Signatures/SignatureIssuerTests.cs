using System.Text.RegularExpressions;
using FastSignatureCache.Emulator.Signatures;

namespace FastSignatureCache.Emulator.Tests.Signatures;

public partial class SignatureIssuerTests
{
    private static readonly SignatureBinding Binding = new("model", "conversation", "text", "part");

    [Fact]
    public void Lengths_range_from_72_characters_to_the_maximum()
    {
        var lengths = IssueMany(new EmulatorOptions { Seed = 1 }).Select(signature => signature.Length).ToList();

        Assert.Equal(72, lengths.Min());
        Assert.InRange(lengths.Max(), 3000, 4096);
        Assert.Contains(lengths, length => length is > 100 and < 1000);
    }

    [Fact]
    public void The_smallest_maximum_gives_the_smallest_signatures() => Assert.All(
        IssueMany(new EmulatorOptions { Seed = 1, MaxSignatureLength = 72 }), signature => Assert.Equal(72, signature.Length));

    [Fact]
    public void They_are_standard_base64_by_default() =>
        Assert.All(IssueMany(new EmulatorOptions { Seed = 1 }), signature => Assert.Matches(Standard(), signature));

    [Fact]
    public void They_are_URL_safe_without_padding_when_asked() => Assert.All(
        IssueMany(new EmulatorOptions { Seed = 1, UrlSafeSignatures = true }), signature => Assert.Matches(UrlSafe(), signature));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_one_verifies_for_its_binding_only(bool urlSafe)
    {
        var options = new EmulatorOptions { Seed = 2, UrlSafeSignatures = urlSafe };
        var issuer = new SignatureIssuer(options, new NonceSource(options.Seed));
        for (var count = 0; count < 200; count++)
        {
            var signature = SignatureText.TryDecode(issuer.Issue(Binding, "id"))!;
            Assert.True(issuer.Verify(signature, Binding, "id"));
            Assert.True(issuer.Verify(signature, Binding, null));
            Assert.False(issuer.Verify(signature, Binding, "other"));
            Assert.False(issuer.Verify(signature, Binding with { Model = "other" }, "id"));
            // Fields are delimited: what moves from one to its neighbour makes another binding.
            Assert.False(issuer.Verify(signature, new SignatureBinding("model", "conversation", "tex", "tpart"), "id"));
        }
    }

    [Fact]
    public void No_byte_of_one_can_be_changed()
    {
        var options = new EmulatorOptions { Seed = 3 };
        var issuer = new SignatureIssuer(options, new NonceSource(options.Seed));
        var signature = SignatureText.TryDecode(issuer.Issue(Binding, null))!;

        for (var index = 0; index < signature.Length; index++)
        {
            signature[index] ^= 1;
            Assert.False(issuer.Verify(signature, Binding, null));
            signature[index] ^= 1;
        }
        Assert.True(issuer.Verify(signature, Binding, null));
    }

    [Fact]
    public void A_seed_and_a_key_make_them_repeatable_and_no_two_are_alike()
    {
        var options = new EmulatorOptions { Seed = 4, SigningKey = new byte[] { 1 } };

        Assert.Equal(IssueMany(options), IssueMany(options));
        Assert.Equal(200, IssueMany(options).Distinct().Count());
        Assert.NotEqual(IssueMany(options), IssueMany(options with { Seed = null }));
    }

    private static List<string> IssueMany(EmulatorOptions options)
    {
        var issuer = new SignatureIssuer(options, new NonceSource(options.Seed));
        return Enumerable.Range(0, 200).Select(_ => issuer.Issue(Binding, null)).ToList();
    }

    [GeneratedRegex("^[A-Za-z0-9+/]+={0,2}$")]
    private static partial Regex Standard();

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex UrlSafe();
}
