using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Xunit;

namespace FastSignatureCache.Tests.Formats;

public class JwtFormatTests
{
    private const string Payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    public static TheoryData<string, string> RfcExamples => new()
    {
        { "A.1", "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + Payload + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" },
        {
            "A.2",
            "eyJhbGciOiJSUzI1NiJ9." + Payload
            + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZ"
            + "cAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHW"
            + "EsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
        },
        {
            "A.3",
            "eyJhbGciOiJFUzI1NiJ9." + Payload + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        },
    };

    [Theory]
    [MemberData(nameof(RfcExamples))]
    public void Signed_examples_of_RFC_7515_are_accepted(string section, string token) =>
        Assert.True(IsValid(token), $"RFC 7515, appendix {section}");

    [Fact]
    public void Unsecured_example_of_RFC_7515_appendix_A5_is_refused() =>
        Assert.False(IsValid("eyJhbGciOiJub25lIn0." + Payload + "."));

    [Theory]
    [InlineData("{\"alg\":\"HS256\"}")]
    [InlineData(" { \"typ\" : \"JWT\" ,\r\n\t\"alg\" : \"HS256\" } ")]
    [InlineData("{\"alg\":\"\"}")]
    [InlineData("{\"\\u0061l\\u0067\":\"HS256\"}")]
    [InlineData("{\"a\\\"lg\":1,\"alg\":\"x\",\"algo\":2,\"al\":3,\"\\\\alg\":4}")]
    [InlineData("{\"x\":[1,-2.5e+3,0,0.5,1E9,true,false,null,\"\\u00e9\\n\",{},[],{\"alg\":5,\"b\":[[]]}],\"alg\":\"ES256\"}")]
    [InlineData("{\"alg\":\"ES256\",\"kid\":\"\u00fcber\U0001F600\"}")]
    public void Header_with_a_string_alg_is_accepted(string header) => Assert.True(IsValid(WithHeader(header)));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"alg\"")]
    [InlineData("null")]
    [InlineData("{\"alg\":1}")]
    [InlineData("{\"alg\":null}")]
    [InlineData("{\"alg\":[\"HS256\"]}")]
    [InlineData("{\"ALG\":\"HS256\"}")]
    [InlineData("{\"x\":{\"alg\":\"HS256\"}}")]
    [InlineData("{\"alg\":\"HS256\",\"alg\":\"none\"}")]
    [InlineData("{\"alg\":\"HS256\",}")]
    [InlineData("{\"alg\":\"HS256\"}}")]
    [InlineData("{\"alg\":\"HS256\"")]
    [InlineData("{\"alg\":\"HS256\"} x")]
    [InlineData("{\"alg\" \"HS256\"}")]
    [InlineData("{alg:\"HS256\"}")]
    [InlineData("{\"alg\":\"HS\n256\"}")]
    [InlineData("{\"alg\":\"HS\\x256\"}")]
    [InlineData("{\"alg\":\"HS\\u12g4\"}")]
    [InlineData("{\"alg\":\"HS\\")]
    [InlineData("{\"alg\":\"HS\\u1")]
    [InlineData("{\"alg\":\"HS256\",\"n\":01}")]
    [InlineData("{\"alg\":\"HS256\",\"n\":1.}")]
    [InlineData("{\"alg\":\"HS256\",\"n\":-}")]
    [InlineData("{\"alg\":\"HS256\",\"n\":1e}")]
    [InlineData("{\"alg\":\"HS256\",\"n\":+1}")]
    [InlineData("{\"alg\":\"HS256\",\"n\":tru}")]
    [InlineData("{\"alg\":\"HS256\",\"n\":[1,]}")]
    [InlineData("{\"alg\":\"HS256\",\"n\":[1}")]
    [InlineData("{\"alg\":\"HS256\" /* comment */}")]
    public void Header_that_is_no_JSON_object_with_one_string_alg_is_refused(string header) => Assert.False(IsValid(WithHeader(header)));

    [Fact]
    public void Header_that_is_not_UTF8_is_refused() =>
        Assert.False(IsValid(Base64Url.EncodeToString([.. "{\"alg\":\"x\",\"k\":\""u8, 0xff, .. "\"}"u8]) + ".e30.c2ln"));

    [Fact]
    public void Nesting_is_bounded()
    {
        Assert.True(IsValid(WithHeader("{\"alg\":\"x\",\"n\":" + new string('[', 63) + new string(']', 63) + "}")));
        Assert.False(IsValid(WithHeader("{\"alg\":\"x\",\"n\":" + new string('[', 64) + new string(']', 64) + "}")));
        Assert.False(IsValid(WithHeader("{\"alg\":\"x\",\"n\":" + new string('[', 3_000) + "}")));
    }

    [Fact]
    public void Header_is_bounded_to_8192_characters()
    {
        Assert.True(IsValid(HeaderOfLength(8_192)));
        Assert.False(IsValid(HeaderOfLength(8_196)));

        static string HeaderOfLength(int encoded)
        {
            var token = WithHeader("{\"alg\":\"" + new string('x', (encoded / 4 * 3) - 10) + "\"}");
            Assert.Equal(encoded, token.IndexOf('.', StringComparison.Ordinal));
            return token;
        }
    }

    [Fact]
    public void Payload_is_not_looked_into() => Assert.True(IsValid("eyJhbGciOiJFUzI1NiJ9.AAECAw.c2ln"));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9..c2ln")]
    [InlineData(".e30.c2ln")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2ln.")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2ln.c2ln")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2lnbg==")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30=.c2ln")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2l+")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2l/")]
    [InlineData(" eyJhbGciOiJFUzI1NiJ9.e30.c2ln")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2ln\n")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2lnb")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e3.c2ln")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e31.c2ln")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.c2\u0142n")]
    public void Anything_but_three_base64url_segments_is_refused(string token) => Assert.False(IsValid(token));

    [Property(MaxTest = 2_000, EndSize = 1_000_000)]
    public bool Agrees_with_the_slow_and_obvious_check(PositiveInt seed)
    {
        var token = FormatOracle.Mutate(
            WithHeader(seed.Get % 2 == 0 ? "{\"alg\":\"ES256\",\"kid\":\"\u00e9\"}" : "{\"typ\":[1,{}],\"alg\":\"x\"}"), seed.Get);
        return IsValid(token) == FormatOracle.IsJwt(token);
    }

    private static string WithHeader(string header) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + ".e30.c2ln";

    private static bool IsValid(string token)
    {
        var asChars = JwtFormat.IsValid(token);
        Assert.Equal(asChars, JwtFormat.IsValid(Encoding.UTF8.GetBytes(token)));
        return asChars;
    }
}
