using Microsoft.IdentityModel.JsonWebTokens;

namespace FastSignatureCache.Bench.Jwt;

/// <summary>All that are measured must come to the same answer about the token, or they are not doing the same work.</summary>
public class TokensTests
{
    private const int Length = 1_024;

    [Fact]
    public void All_accept_the_measured_token()
    {
        var token = Tokens.WellFormed(Length);
        Assert.Equal(Length, token.Length);
        Assert.True(JwtFormat.IsValid(token));
        Assert.True(Scan.HasOnlyTokenCharacters(token));
        Assert.True(new JsonWebTokenHandler().CanReadToken(token));
    }

    [Fact]
    public void Malformed_tokens_are_malformed() =>
        Assert.All(Tokens.Malformed(Length), static token => Assert.False(JwtFormat.IsValid(token)));
}
