using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Hosting;

public class ConcurrencyTests
{
    [Fact]
    public async Task Many_conversations_at_once_are_counted_exactly()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { CallIds = CallIdStyle.None });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            using var client = new NativeClient(emulator, $"Conversation {number}", number % 2 == 0 ? "gemini-3-pro-preview" : "gemini-2.5-pro");
            Assert.True((await client.TurnAsync(number % 3 == 0 ? Form.Sse : Form.Json)).Ok);
        }));

        var counts = emulator.GetStatistics();
        Assert.Equal((200, 200, 0), (counts.Requests, counts.Accepted, counts.Refused));
        Assert.Equal(200, counts.SignaturesIssued);
        Assert.Equal(50 * (1 + 2 + 3), counts.SignaturesVerified);
    }

    [Fact]
    public async Task Conversations_that_look_the_same_are_told_apart_by_their_mark()
    {
        await using var emulator = await Emulate.StartAsync(new EmulatorOptions { CallIds = CallIdStyle.None });
        using var one = new NativeClient(emulator) { Mark = "one" };
        using var other = new NativeClient(emulator) { Mark = "other" };
        await one.StepAsync();
        await other.StepAsync();
        Assert.True((await one.SendAsync()).Ok);

        var signature = one.Part(1)["thoughtSignature"]!.DeepClone();
        one.Part(1)["thoughtSignature"] = other.Part(1)["thoughtSignature"]!.DeepClone();
        other.Part(1)["thoughtSignature"] = signature;

        Assert.Equal("Corrupted thought signature.", (await one.SendAsync()).Error);
        Assert.Equal("Corrupted thought signature.", (await other.SendAsync()).Error);
    }

    [Fact]
    public async Task Parts_of_other_kinds_pass()
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator);
        var image = new JsonObject { ["inlineData"] = new JsonObject { ["mimeType"] = "image/png", ["data"] = "AAAA" } };
        client.Contents[0]!["parts"]!.AsArray().Add(image);

        Assert.True((await client.TurnAsync()).Ok);
    }
}
