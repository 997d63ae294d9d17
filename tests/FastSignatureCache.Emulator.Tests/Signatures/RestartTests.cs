using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Signatures;

public class RestartTests
{
    [Fact]
    public async Task Another_emulator_with_the_same_key_accepts_what_the_first_issued()
    {
        byte[] key = [1, 2, 3];
        Assert.True((await ContinueElsewhereAsync(key, key)).Ok);
    }

    [Fact]
    public async Task Another_emulator_with_a_new_key_refuses_it() =>
        Assert.Equal("Corrupted thought signature.", (await ContinueElsewhereAsync([1, 2, 3], [1, 2, 4])).Error);

    [Fact]
    public async Task The_default_key_is_new_for_each_emulator() =>
        Assert.Equal("Corrupted thought signature.", (await ContinueElsewhereAsync([], [])).Error);

    private static async Task<Reply> ContinueElsewhereAsync(byte[] firstKey, byte[] secondKey)
    {
        await using var first = await Emulate.StartAsync(new EmulatorOptions { SigningKey = firstKey });
        await using var second = await Emulate.StartAsync(new EmulatorOptions { SigningKey = secondKey });
        using var client = new NativeClient(first);
        using var moved = new NativeClient(second) { Contents = client.Contents };
        await client.StepAsync();
        return await moved.SendAsync();
    }
}
