using System.Text;
using System.Text.Json;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>A search that finds nothing proves nothing.</summary>
public sealed class SecretSearchTests
{
    private const string Secret = "pl4nted/secret+with\"odd characters&more=in it";

    public static TheoryData<string, string> Shown => new()
    {
        { "whole", Secret },
        { "the first 16", $"key={Secret[..16]}..." },
        { "the last 16", $"(...{Secret[^16..]})" },
        { "in another case", Secret.ToUpperInvariant() },
        { "percent-encoded", Uri.EscapeDataString(Secret) },
        { "percent-encoded in small letters", Uri.EscapeDataString(Secret).Replace("%2F", "%2f", StringComparison.Ordinal) },
        { "in JSON", JsonSerializer.Serialize(new { error = Secret }) },
        { "as basic authentication", Convert.ToBase64String(Encoding.UTF8.GetBytes($"any:{Secret}")) },
        { "as basic authentication of another name", Convert.ToBase64String(Encoding.UTF8.GetBytes($"some:{Secret}")) },
        { "as basic authentication of a third", Convert.ToBase64String(Encoding.UTF8.GetBytes($"a name:{Secret}")) },
        { "in an id", Convert.ToBase64String(Encoding.Unicode.GetBytes(Secret)).Replace('+', '-').Replace('/', '_') },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void A_secret_is_found_in_whatever_form(string form, string text)
    {
        var search = new SecretSearch();
        search.Add("it", Secret);
        search.Add("another", "a secret that is nowhere");

        Assert.True(search.FindIn($"before {text} after").Select(static found => found.Name).SequenceEqual(["it"]), form);
    }

    [Fact]
    public void What_is_too_short_to_be_of_use_is_none()
    {
        var search = new SecretSearch();
        search.Add("it", Secret);

        Assert.Empty(search.FindIn(Secret[..15] + " " + Secret[^15..]));
    }
}
