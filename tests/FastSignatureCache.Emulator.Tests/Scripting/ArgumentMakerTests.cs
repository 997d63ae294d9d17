using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Scripting;

namespace FastSignatureCache.Emulator.Tests.Scripting;

public class ArgumentMakerTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"value\"")]
    [InlineData("""{"type":"STRING"}""", "\"value\"")]
    [InlineData("""{"type":["string","null"]}""", "\"value\"")]
    [InlineData("""{"type":"integer"}""", "2")]
    [InlineData("""{"type":"number"}""", "1.5")]
    [InlineData("""{"type":"boolean"}""", "true")]
    [InlineData("""{"enum":["b","a"]}""", "\"b\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "[\"value\"]")]
    [InlineData("""{"type":"object","properties":{"x":{"type":"integer"}}}""", """{"x":2}""")]
    [InlineData("""{"properties":{"x":{"type":"integer"}}}""", """{"x":2}""")]
    [InlineData("""{"anyOf":[{"type":"boolean"},{"type":"null"}]}""", "true")]
    [InlineData("""{"oneOf":[{"type":"boolean"}]}""", "true")]
    [InlineData("""{}""", "null")]
    [InlineData("null", "null")]
    public void A_value_fits_its_schema(string schema, string expected)
    {
        var tool = new JsonObject { ["properties"] = new JsonObject { ["p"] = JsonNode.Parse(schema) } };

        Assert.Equal($$"""{"p":{{expected}}}""", ArgumentMaker.Make(tool).ToJsonString());
    }

    [Fact]
    public void Only_what_is_required_is_given_when_the_schema_says_so() => Assert.Equal(
        """{"b":"value"}""",
        ArgumentMaker.Make(JsonNode.Parse("""{"properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["b"]}""")!.AsObject()).ToJsonString());

    [Fact]
    public void No_schema_gives_no_arguments() => Assert.Equal("{}", ArgumentMaker.Make(null).ToJsonString());
}
