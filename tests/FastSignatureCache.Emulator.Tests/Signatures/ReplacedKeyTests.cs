using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Signatures;

public class ReplacedKeyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_issued_before_is_refused_from_then_on(bool random)
    {
        await using var emulator = await Emulate.StartAsync();
        using var native = new NativeClient(emulator);
        using var chat = new ChatClient(emulator);
        using var messages = new MessagesClient(emulator, model: MessagesClient.Bound);
        await native.StepAsync();
        await chat.StepAsync();
        await messages.StepAsync();

        emulator.ReplaceSigningKey(random ? [] : new byte[] { 1, 2 });

        Assert.Equal("Corrupted thought signature.", (await native.SendAsync()).Error);
        Assert.Equal("Corrupted thought signature.", (await chat.SendAsync()).Error);
        Assert.Equal(ThinkingTexts.InvalidSignature("messages.1.content.0"), (await messages.SendAsync()).Error);
        Assert.Equal(3, emulator.GetStatistics().RefusedCorrupted);
    }

    [Fact]
    public async Task What_is_issued_afterwards_is_right()
    {
        await using var emulator = await Emulate.StartAsync();
        emulator.ReplaceSigningKey(new byte[] { 1, 2 });
        await using var other = await Emulate.StartAsync(new EmulatorOptions { SigningKey = new byte[] { 1, 2 } });
        using var client = new NativeClient(emulator);
        using var moved = new NativeClient(other) { Contents = client.Contents };

        await client.StepAsync();

        Assert.True((await moved.SendAsync()).Ok);
        Assert.True((await client.TurnAsync()).Ok);
    }

    [Fact]
    public async Task It_can_be_done_while_requests_run()
    {
        await using var emulator = await Emulate.StartAsync();
        using var stop = new CancellationTokenSource();
        var replacing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                emulator.ReplaceSigningKey(default);
        }, TestContext.Current.CancellationToken);

        await Parallel.ForAsync(0, 20, TestContext.Current.CancellationToken, async (_, _) =>
        {
            using var client = new NativeClient(emulator);
            var reply = await client.TurnAsync();
            Assert.True(reply.Ok || reply.Error == "Corrupted thought signature.", reply.Raw);
        });
        await stop.CancelAsync();
        await replacing;
    }
}
