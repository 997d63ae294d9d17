using System.Text;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator;
using FastSignatureCache.Samples.Tests.Support;

namespace FastSignatureCache.Samples.Tests;

/// <summary>Each sample does its job, and what it does is refused when nothing is put back.</summary>
public sealed class SampleTests
{
    private const string Missing = "missing a thought_signature";

    [Fact]
    public async Task Each_has_less_than_30_lines()
    {
        var programs = Directory.GetFiles(Repository.PathOf("tests", "Samples"), "Program.cs", SearchOption.AllDirectories);
        Assert.Equal(5, programs.Length);
        foreach (var program in programs)
        {
            var lines = await File.ReadAllLinesAsync(program, TestContext.Current.CancellationToken);
            Assert.True(lines.Length < 30, $"{program} has {lines.Length} lines.");
        }
    }

    [Theory]
    [InlineData("OpenAiSdk")]
    [InlineData("ExtensionsAi")]
    [InlineData("EngineAlone")]
    public async Task A_program_comes_to_the_end_of_its_conversation(string sample)
    {
        await using var emulator = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var program = SampleProgram.Start(sample, emulator.BaseAddress);

        var (exitCode, output, error) = await program.WaitAsync();

        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith("All done", output, StringComparison.Ordinal);
        AssertPassed(emulator);
    }

    [Theory]
    [InlineData("OpenAiSdk")]
    [InlineData("ExtensionsAi")]
    public async Task With_a_cache_that_keeps_nothing_the_same_program_is_refused_at_every_step(string sample)
    {
        await using var emulator = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var program = SampleProgram.Start(sample, emulator.BaseAddress, forgetful: true);

        var (exitCode, _, error) = await program.WaitAsync();

        Assert.Equal((0, ""), (exitCode, error));
        AssertRefusedAtEveryStep(emulator);
    }

    [Theory]
    [InlineData("MinimalApi", "conversations/1")]
    [InlineData("YarpProxy", "v1beta/openai/chat/completions")]
    public async Task A_server_brings_a_client_that_drops_signatures_to_the_end(string sample, string path)
    {
        await using var emulator = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var (status, body) = await TalkThroughAsync(sample, path, emulator, forgetful: false);

        Assert.Equal(200, status);
        Assert.Contains("All done", body, StringComparison.Ordinal);
        AssertPassed(emulator);
    }

    [Theory]
    [InlineData("MinimalApi", "conversations/1")]
    [InlineData("YarpProxy", "v1beta/openai/chat/completions")]
    public async Task With_a_cache_that_keeps_nothing_the_same_servers_client_is_refused_at_every_step(string sample, string path)
    {
        await using var emulator = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var (status, body) = await TalkThroughAsync(sample, path, emulator, forgetful: true);

        Assert.Equal(200, status);
        Assert.Contains("All done", body, StringComparison.Ordinal);
        AssertRefusedAtEveryStep(emulator);
    }

    [Fact]
    public async Task Without_what_the_engine_put_back_the_same_request_is_refused()
    {
        await using var emulator = await UpstreamEmulator.StartAsync(
            new EmulatorOptions { RecordRequests = true }, TestContext.Current.CancellationToken);
        await using var program = SampleProgram.Start("EngineAlone", emulator.BaseAddress);
        await program.WaitAsync();
        var recorded = emulator.GetRecordedRequests()[1];
        var request = JsonNode.Parse(recorded.Body.Span)!;
        Assert.True(request["contents"]![1]!["parts"]![0]!.AsObject().Remove("thoughtSignature"));

        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(recorded.PathAndQuery, content, TestContext.Current.CancellationToken);

        Assert.Contains(Missing, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(1, emulator.GetStatistics().RefusedMissing);
    }

    private static async Task<(int Status, string Body)> TalkThroughAsync(string sample, string path, UpstreamEmulator emulator, bool forgetful)
    {
        await using var program = SampleProgram.Start(sample, emulator.BaseAddress, forgetful);
        var line = await program.ReadToAsync("Now listening on: ");
        return await ForgetfulClient.TalkAsync(new Uri(new Uri(line.Split(' ')[^1]), path));
    }

    private static void AssertPassed(UpstreamEmulator emulator)
    {
        var statistics = emulator.GetStatistics();
        Assert.Equal((4, 0), (statistics.Accepted, statistics.Refused));
    }

    /// <summary>Each request lacks the newest signature: it is refused, and passes with a placeholder.</summary>
    private static void AssertRefusedAtEveryStep(UpstreamEmulator emulator)
    {
        var statistics = emulator.GetStatistics();
        Assert.Equal((4, 3), (statistics.Accepted, statistics.RefusedMissing));
    }
}
