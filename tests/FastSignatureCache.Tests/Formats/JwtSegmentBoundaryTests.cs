using System.Text;

namespace FastSignatureCache.Tests.Formats;

/// <summary>Segments of all lengths, and characters that don't belong at every place.</summary>
public class JwtSegmentBoundaryTests
{
    private const string Header = "eyJhbGciOiJFUzI1NiJ9";
    private const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // The neighbours of what belongs, and characters whose lower byte does.
    private static readonly char[] Strangers = [.. "+/=,.@[^`{: \n\0~", '\u007f', '\u0080', '\u00c1', '\u00ff', '\u0141', '\u4141', '\uff2d', '\uffff'];

    [Fact]
    public void Segments_of_any_length_are_judged_as_by_the_slow_and_obvious_check()
    {
        for (var payload = 0; payload < 150; payload++)
        {
            for (var signature = 0; signature < 150; signature++)
            {
                AssertAgrees($"{Header}.{new string('A', payload)}.{new string('A', signature)}");
            }
        }
    }

    [Fact]
    public void Last_character_is_judged_as_by_the_slow_and_obvious_check()
    {
        foreach (var last in Base64Url)
        {
            for (var length = 0; length < 8; length++)
            {
                var segment = new string('_', length) + last;
                AssertAgrees($"{Header}.{segment}.c2ln");
                AssertAgrees($"{Header}.c2ln.{segment}");
                AssertAgrees($"{Header[..^1]}{last}.c2ln.c2ln");
                AssertAgrees($"eyJhbGciOiIifSA{last}.c2ln.c2ln");
                AssertAgrees($"eyJhbGciOiIifS{last}.c2ln.c2ln");
            }
        }
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(22, 20)]
    [InlineData(43, 64)]
    [InlineData(128, 86)]
    [InlineData(300, 171)]
    public void Stranger_anywhere_is_found(int payload, int signature)
    {
        var token = $"{Header}.{new string('A', payload)}.{new string('A', signature)}";
        Assert.True(JwtFormat.IsValid(token));
        for (var at = 0; at < token.Length; at++)
        {
            foreach (var stranger in Strangers)
            {
                AssertAgrees($"{token[..at]}{stranger}{token[(at + 1)..]}");
                AssertAgrees($"{token[..at]}{stranger}{token[at..]}");
            }
        }
    }

    private static void AssertAgrees(string token)
    {
        var expected = FormatOracle.IsJwt(token);
        Assert.True(expected == JwtFormat.IsValid(token), $"characters {(expected ? "refused" : "accepted")}: {token}");
        Assert.True(expected == JwtFormat.IsValid(Encoding.UTF8.GetBytes(token)), $"bytes {(expected ? "refused" : "accepted")}: {token}");
    }
}
