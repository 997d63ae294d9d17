using System.Globalization;
using FastSignatureCache.Emulator;
using FastSignatureCache.Packaging.Tests.Support;

namespace FastSignatureCache.Packaging.Tests;

/// <summary>Samples published without what they don't use, and as native programs. A warning of the trimmer or of the compiler is an error.</summary>
public sealed class PublishedSampleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("EngineAlone", "native")]
    [InlineData("EngineAlone", "trimmed")]
    [InlineData("OpenAiSdk", "trimmed")]
    public async Task A_published_sample_comes_to_the_end_of_its_conversation(string sample, string form)
    {
        var folder = OutputFolder.Create($"{sample}-{form}");
        await DotNet.RunAsync(
            "publish", "-c", "Release", $"tests/Samples/{sample}", "-o", folder, $"-p:NativeProgram={(form == "native" ? "true" : "false")}");
        await using var emulator = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var file = Path.Combine(folder, sample);
        await using var program = RunningProgram.Start(
            file,
            [emulator.BaseAddress.AbsoluteUri],
            folder,
            ("Gemini__Endpoint", new Uri(emulator.BaseAddress, "v1beta/openai/").AbsoluteUri),
            ("Gemini__Key", "key"));
        var (exitCode, text, error) = await program.WaitAsync();

        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith("All done", text, StringComparison.Ordinal);
        var statistics = emulator.GetStatistics();
        Assert.Equal((4, 0), (statistics.Accepted, statistics.Refused));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Measured: {sample}, {form}, {new FileInfo(file).Length / 1024.0 / 1024.0:f1} MiB"));
    }
}
