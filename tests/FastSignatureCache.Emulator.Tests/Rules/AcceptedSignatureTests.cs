using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class AcceptedSignatureTests
{
    [Fact]
    public async Task A_call_that_lost_its_id_still_verifies() =>
        await AssertStillAccepted(client => client.Part(1)["functionCall"]!.AsObject().Remove("id"));

    [Fact]
    public async Task Key_order_numbers_and_escapes_of_the_arguments_may_change() => await AssertStillAccepted(client =>
        client.Part(1)["functionCall"]!["args"] = JsonNode.Parse("""{ "lines": 3.0, "path": "v\u0061lue" }"""));

    [Fact]
    public async Task Snake_case_names_are_the_same() => await AssertStillAccepted(client =>
    {
        var part = client.Part(1);
        client.Contents[1]!["parts"] = new JsonArray(new JsonObject
        {
            ["function_call"] = part["functionCall"]!.DeepClone(),
            ["thought_signature"] = part["thoughtSignature"]!.DeepClone(),
        });
    });

    [Fact]
    public async Task The_URL_safe_alphabet_without_padding_is_the_same() => await AssertStillAccepted(client =>
        client.Part(1)["thoughtSignature"] = client.Part(1)["thoughtSignature"]!.GetValue<string>()
            .Replace('+', '-').Replace('/', '_').TrimEnd('='));

    [Fact]
    public async Task A_client_may_make_up_ids_where_none_were_issued() => await AssertStillAccepted(
        client => client.Part(1)["functionCall"]!["id"] = "made-up", new EmulatorOptions { CallIds = CallIdStyle.None });

    [Fact]
    public async Task A_streams_text_may_be_joined_with_its_signature_on_it()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, "[steps: 0]")
        {
            Keep = parts =>
            {
                Assert.True(parts.Count > 2);
                Assert.Equal("", parts[^1]!["text"]!.GetValue<string>());
                return new JsonArray(new JsonObject
                {
                    ["text"] = string.Concat(parts.Select(part => part!["text"]!.GetValue<string>())),
                    ["thoughtSignature"] = parts[^1]!["thoughtSignature"]!.DeepClone(),
                });
            },
        };
        await client.StepAsync(Form.Sse);
        client.Say("More [steps: 0]");

        Assert.True((await client.SendAsync()).Ok);
        Assert.Equal(1, emulator.GetStatistics().SignaturesVerified);
    }

    private static async Task AssertStillAccepted(Action<NativeClient> change, EmulatorOptions? options = null)
    {
        await using var emulator = await Emulate.StartAsync(options);
        using var client = new NativeClient(emulator);
        await client.StepAsync();

        change(client);

        var reply = await client.SendAsync();
        Assert.True(reply.Ok, reply.Raw);
        Assert.Equal(1, emulator.GetStatistics().SignaturesVerified);
    }
}
