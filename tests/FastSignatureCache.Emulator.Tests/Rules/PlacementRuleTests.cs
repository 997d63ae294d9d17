using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class PlacementRuleTests
{
    [Theory]
    [InlineData("thoughtSignature")]
    [InlineData("thought_signature")]
    public async Task Inside_the_call_it_is_an_unknown_name(string name) => await AssertRefused(
        client => client.Part(1)["functionCall"]![name] = "AAAA",
        $"Invalid JSON payload received. Unknown name \"{name}\" at 'contents[1].parts[0].function_call': Cannot find field.");

    [Theory]
    [InlineData("***")]
    [InlineData("abcde")]
    public async Task What_is_not_base64_is_refused_with_its_place(string signature) => await AssertRefused(
        client => client.Part(1)["thoughtSignature"] = signature,
        $"Invalid value at 'contents[1].parts[0].thought_signature' (TYPE_BYTES), Base64 decoding failed for \"{signature}\"");

    [Fact]
    public async Task On_a_users_text_it_is_refused() => await AssertRefused(
        client => client.Part(0)["thoughtSignature"] = client.Part(1)["thoughtSignature"]!.DeepClone(),
        ErrorTexts.SignatureNotFromModel);

    [Fact]
    public async Task On_a_response_it_is_refused() => await AssertRefused(
        client => client.Part(2)["thoughtSignature"] = client.Part(1)["thoughtSignature"]!.DeepClone(),
        ErrorTexts.SignatureNotFromModel);

    [Fact]
    public async Task A_known_one_on_an_inserted_text_that_is_not_empty_is_refused() => await AssertRefused(
        client => client.Contents[1]!["parts"]!.AsArray().Add(new JsonObject
        {
            ["text"] = "mine",
            ["thoughtSignature"] = client.Part(1)["thoughtSignature"]!.DeepClone(),
        }),
        "Corrupted thought signature.");

    private static async Task AssertRefused(Action<NativeClient> change, string message)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);
        await client.StepAsync();
        change(client);

        Assert.Equal(message, (await client.SendAsync()).Error);
        Assert.Equal(0, emulator.GetStatistics().RefusedMissing);
    }
}
