using System.Text.Json;
using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Tests.Conversations;

public class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : [ 1, 2 ], "a" : null }""", """{"a":null,"b":[1,2]}""")]
    [InlineData("[1.0, 1e2, -0.5]", "[1,100,-0.5]")]
    [InlineData("[true, false, {}, []]", "[true,false,{},[]]")]
    [InlineData("\"a\\u002Fb\"", "\"a/b\"")]
    public void Only_what_it_means_is_left(string json, string expected) => Assert.Equal(expected, Canonical(json));

    [Theory]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":{}}""", """{"a":[]}""")]
    public void What_means_something_else_stays_different(string one, string other) => Assert.NotEqual(Canonical(one), Canonical(other));

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CanonicalJson.Of(document.RootElement);
    }
}
