using FastSignatureCache.Gateway.CommandLine;
using FastSignatureCache.Gateway.Options;

namespace FastSignatureCache.Gateway.Tests.CommandLine;

public class GatewayCommandTests
{
    [Fact]
    public async Task Help_names_every_option_and_the_demo()
    {
        var (exitCode, output, _) = await RunAsync("--help");
        Assert.Equal(0, exitCode);
        Assert.All(GatewaySettings.All.Select(setting => setting.Option).OfType<string>(), option => Assert.Contains(option, output, StringComparison.Ordinal));
        Assert.Contains("demo", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_the_command_line_and_of_values_are_named_together()
    {
        var (exitCode, output, error) = await RunAsync("--nonsense", "--capacity", "0", "--time-to-live", "soon");
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains("--nonsense", error, StringComparison.Ordinal);
        Assert.Contains("Capacity must be", error, StringComparison.Ordinal);
        Assert.Contains("--time-to-live", error, StringComparison.Ordinal);
        Assert.EndsWith("Try --help.\n", error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--capacity")]
    [InlineData("--capacity", "1", "--capacity", "2")]
    [InlineData("--capacity", "5", "demo")]
    [InlineData("demo", "--capacity", "5")]
    [InlineData("serve")]
    public async Task Misuse_is_exit_code_2(params string[] args) => Assert.Equal(2, (await RunAsync(args)).ExitCode);

    [Fact]
    public async Task An_address_of_another_machine_is_exit_code_1()
    {
        // Of the block that is set aside for documentation, RFC 5737.
        var (exitCode, _, error) = await RunAsync("--urls", "http://192.0.2.1:1", "--data", "none");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Cannot listen on http://192.0.2.1:1: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_until_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        using var output = new CancellingWriter(stop, "Press Ctrl+C");
        using var error = new StringWriter();
        var exitCode = await new GatewayCommand(output, error).InvokeAsync(["--urls", "http://127.0.0.1:0", "--data", "none"], stop.Token);
        Assert.Equal(0, exitCode);
        Assert.Contains("https://{location}-aiplatform.googleapis.com (Vertex AI)", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(error.ToString());
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await new GatewayCommand(output, error).InvokeAsync(args, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Stops the gateway as soon as it says that it runs.</summary>
    private sealed class CancellingWriter(CancellationTokenSource stop, string sign) : StringWriter
    {
        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            if (value?.StartsWith(sign, StringComparison.Ordinal) == true)
            {
                await stop.CancelAsync();
            }
        }
    }
}
