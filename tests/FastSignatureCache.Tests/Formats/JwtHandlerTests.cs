using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FastSignatureCache.Tests.Formats;

/// <summary>The format beside <see cref="JsonWebTokenHandler.CanReadToken"/>: never more lenient, stricter only in the cases listed.</summary>
public class JwtHandlerTests
{
    private const string Header = "eyJhbGciOiJFUzI1NiJ9";

    // Its limit of size is a setting, 250 KB unless told; what is compared is the form.
    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = int.MaxValue };

    private static readonly string[] Headers =
    [
        """{"alg":"RS256","typ":"JWT","kid":"2f1c9d7e"}""",
        " {\t\"alg\" :\r\n\"ES256\" , \"x\":[1,-2.5e+3,true,null,{\"alg\":[]}] } ",
        "{\"alg\":\"ES256\",\"kid\":\"\u00e9\U0001F600\\n\\\"\"}",
        """{"\u0061lg":"ES256"}""",
        """{"alg":"none"}""",
        """{"alg":""}""",
        """{"typ":"JWT"}""",
        """{"alg":256}""",
        """{"alg":null,"typ":"JWT"}""",
        """{"alg":"ES256","alg":"ES256"}""",
        """{"alg":"ES256","\u0061l\u0067":"ES256"}""",
        """{"header":{"alg":"ES256"}}""",
        """["alg"]""",
        """{"alg":"ES256",}""",
        """{"alg":"ES256"}}""",
        "not JSON",
        "\0",
        $$"""{"alg":"ES256","x":{{new string('[', 63)}}{{new string(']', 63)}}}""",
        $$"""{"alg":"ES256","x":{{new string('[', 64)}}{{new string(']', 64)}}}""",
        $$"""{"alg":"ES256","x5c":"{{new string('x', 500)}}"}""",
        $$"""{"alg":"ES256","x5c":"{{new string('x', 6_113)}}"}""",
        $$"""{"alg":"ES256","x5c":"{{new string('x', 6_130)}}"}""",
    ];

    /// <summary>What <see cref="JwtFormat"/>'s remarks list.</summary>
    public enum Stricter
    {
        TrailingLineBreak,
        Encrypted,
        Unsecured,
        NotCanonicalBase64Url,
        HeaderTooLong,
        HeaderWithoutOneStringAlg,
    }

    public static TheoryData<Stricter, string> StricterCases => new()
    {
        { Stricter.TrailingLineBreak, Header + ".e30.c2ln\n" },
        { Stricter.Encrypted, Header + ".e30.c2ln.c2ln.c2ln" },
        { Stricter.Encrypted, Header + "..c2ln.c2ln.c2ln" },
        { Stricter.Unsecured, "eyJhbGciOiJub25lIn0.e30." },
        { Stricter.NotCanonicalBase64Url, Header + ".e30.c2lnb" },
        { Stricter.NotCanonicalBase64Url, Header + ".e31.c2ln" },
        { Stricter.HeaderTooLong, Encode(Headers[^1]) + ".e30.c2ln" },
        { Stricter.HeaderWithoutOneStringAlg, "e30.e30.c2ln" },
        { Stricter.HeaderWithoutOneStringAlg, Encode("{\"alg\":\"ES256\",\"alg\":\"ES256\"}") + ".e30.c2ln" },
    };

    [Theory]
    [MemberData(nameof(StricterCases))]
    public void Stricter_in_the_cases_listed(Stricter reason, string token)
    {
        Assert.True(Handler.CanReadToken(token));
        Assert.Equal(reason, Classify(token));
        Assert.False(JwtFormat.IsValid(token));
    }

    [Property(MaxTest = 10_000)]
    public Property Agrees_but_for_the_cases_listed() => Prop.ForAll(Tokens.ToArbitrary(), static token =>
    {
        var expected = Handler.CanReadToken(token) && Classify(token) is null;
        return JwtFormat.IsValid(token) == expected && JwtFormat.IsValid(Encoding.UTF8.GetBytes(token)) == expected;
    });

    [Fact]
    public void Corpus_holds_every_case()
    {
        var read = Tokens.Sample(10_000).Where(Handler.CanReadToken).Select(Classify).Distinct().ToList();
        Assert.Equal(Enum.GetValues<Stricter>().Cast<Stricter?>().Prepend(null).Order(), read.Order());
    }

    private static Gen<string> Tokens =>
        from header in Gen.Frequency((3, Gen.Elements(Headers).Select(Encode)), (1, Segment))
        from rest in Gen.Frequency((6, Gen.Constant(2)), (2, Gen.Constant(4)), (1, Gen.Choose(0, 6)))
        from segments in Segment.ListOf(rest)
        from end in Gen.Frequency((9, Gen.Constant("")), (1, Gen.Elements("\n", "\r\n", " ", "=", "==", ".", "\u00e9", "\0")))
        let token = string.Join('.', segments.Prepend(header)) + end
        from mutation in Gen.Choose(0, int.MaxValue)
        select mutation % 2 == 0 ? token : FormatOracle.Mutate(token, mutation);

    private static Gen<string> Segment => Gen.Frequency(
        (1, Gen.Constant("")),
        (8, Gen.Choose(0, byte.MaxValue).Select(value => (byte)value).ArrayOf().Select(bytes => Base64Url.EncodeToString(bytes))));

    // The first that applies; by the framework's decoders, as the format itself is what is tested.
    private static Stricter? Classify(string token)
    {
        if (token.EndsWith('\n'))
        {
            return Stricter.TrailingLineBreak;
        }

        return token.Split('.') switch
        {
            { Length: 5 } => Stricter.Encrypted,
            [.., ""] => Stricter.Unsecured,
            var segments when !segments.All(FormatOracle.IsBase64Url) => Stricter.NotCanonicalBase64Url,
            [{ Length: > 8_192 }, ..] => Stricter.HeaderTooLong,
            [var header, ..] when !FormatOracle.IsHeader(header) => Stricter.HeaderWithoutOneStringAlg,
            _ => null,
        };
    }

    private static string Encode(string header) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));
}
