using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Gateway.Tests.Storage;

/// <summary>The same with the program as users run it.</summary>
public sealed class ProcessRestartTests : StoredConversationTests
{
    [Theory]
    [InlineData("through")]
    [InlineData("behind")]
    public async Task What_was_kept_is_there_after_a_stop_and_a_start(string durability)
    {
        while (!Conversation.IsOver)
        {
            await using var gateway = Start(["--data", Folder["data"], "--durability", durability]);
            await Conversation.StepAsync(await gateway.WaitUntilListeningAsync());
            await gateway.TerminateAsync();
            var (exitCode, output, error) = await gateway.WaitAsync();

            Assert.Equal((0, ""), (exitCode, error));
            Assert.Contains(
                $"  stored in    {Folder["data/signatures.db"]}, written {durability}\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.DoesNotContain("warn", output, StringComparison.Ordinal);
            Assert.DoesNotContain("fail", output, StringComparison.Ordinal);
        }

        Assert.Empty(Conversation.Refusals);
    }

    [Fact]
    public async Task Two_that_start_at_the_same_moment_agree()
    {
        await using var one = Start(["--data", Folder.Path]);
        await using var other = Start(["--data", Folder.Path]);
        var addresses = await Task.WhenAll(one.WaitUntilListeningAsync(), other.WaitUntilListeningAsync());

        for (var step = 0; !Conversation.IsOver; step++)
        {
            await Conversation.StepAsync(addresses[step % 2]);
        }

        Assert.Empty(Conversation.Refusals);
    }

    [Fact]
    public async Task On_its_own_it_takes_the_platformsFolder_and_keeps_it_closed_to_others()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            return;
        }

        await using var gateway = Start([], ("XDG_DATA_HOME", Folder.Path), ("Gateway__Store__Data", null));
        await Conversation.StepAsync(await gateway.WaitUntilListeningAsync());
        await gateway.InterruptAsync();
        await gateway.WaitAsync();

        var folder = Folder["FastSignatureCache"];
        Assert.True(File.Exists(Path.Combine(folder, "signatures.db")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task Where_it_can_not_write_it_says_so_and_works_from_memory()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // No folder can be made below a device, not even by a privileged user.
        await using var gateway = Start([], ("XDG_DATA_HOME", null), ("HOME", "/dev/null"), ("Gateway__Store__Data", null));
        var address = await gateway.WaitUntilListeningAsync();
        while (!Conversation.IsOver)
        {
            await Conversation.StepAsync(address);
        }

        await gateway.InterruptAsync();
        var (exitCode, output, error) = await gateway.WaitAsync();

        Assert.Empty(Conversation.Refusals);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("  stored in    memory only; a restart forgets them", output, StringComparison.Ordinal);
        Assert.Contains("/dev/null/.local/share/FastSignatureCache can not be used", output, StringComparison.Ordinal);
    }

    private GatewayProcess Start(string[] args, params (string Name, string? Value)[] environment) => GatewayProcess.Start(
        [.. args, "--urls", "http://127.0.0.1:0", "--upstream", Upstream.BaseAddress.AbsoluteUri, "--recovery", "off"], environment);
}
