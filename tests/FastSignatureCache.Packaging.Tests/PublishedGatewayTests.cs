using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FastSignatureCache.Emulator;
using FastSignatureCache.Packaging.Tests.Support;

namespace FastSignatureCache.Packaging.Tests;

public sealed partial class PublishedGatewayTests(ITestOutputHelper output)
{
    private const int Starts = 5;

    [Fact]
    public async Task The_published_gateway_is_one_file_that_starts_forwards_keeps_and_stops()
    {
        var folder = OutputFolder.Create("gateway");
        await DotNet.RunAsync("publish", "-c", "Release", "src/FastSignatureCache.Gateway", "-o", folder);
        var file = Assert.Single(Directory.GetFileSystemEntries(folder));
        await using var emulator = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var data = OutputFolder.Create("gateway-data");

        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            // The first start unpacks the native library; the median is one of the others.
            times.Add(await StartAskAndStopAsync(file, data, emulator));
        }

        Assert.Equal(Starts, emulator.GetStatistics().Accepted);
        Assert.True(File.Exists(Path.Combine(data, "signatures.db")));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Measured: the gateway as one file, {new FileInfo(file).Length / 1024.0 / 1024.0:f0} MiB"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Measured: the gateway as one file, listens with its SQLite file after {times.Order().ElementAt(Starts / 2):f0} ms (median of {Starts}, the first {times[0]:f0} ms)"));
    }

    private static async Task<double> StartAskAndStopAsync(string file, string data, UpstreamEmulator emulator)
    {
        var began = Stopwatch.GetTimestamp();
        await using var gateway = RunningProgram.Start(
            file, ["--urls", "http://127.0.0.1:0", "--upstream", emulator.BaseAddress.AbsoluteUri, "--data", data], Path.GetTempPath());
        var line = await gateway.ReadToAsync("listens on");
        var duration = Stopwatch.GetElapsedTime(began);

        using var client = new HttpClient { BaseAddress = new Uri(line.Split(' ')[^1]) };
        var request = JsonNode.Parse(
            """{"contents":[{"role":"user","parts":[{"text":"Hello"}]}],"tools":[{"functionDeclarations":[{"name":"weather"}]}]}""");
        using var answer = await client.PostAsJsonAsync(
            "v1beta/models/gemini-3-pro-preview:generateContent", request, TestContext.Current.CancellationToken);
        Assert.Contains("thoughtSignature", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Superset(
            new HashSet<string> { "", "bootstrap.css", "bootstrap.js", "echarts.js", "icon.svg", "main.js", "stream.js" },
            await LoadDashboardAsync(client));

        await gateway.TerminateAsync();
        var (exitCode, _, error) = await gateway.WaitAsync();
        Assert.Equal((0, ""), (exitCode, error));
        return duration.TotalMilliseconds;
    }

    /// <summary>Loads the page, the files that it names, and those that they import.</summary>
    private static async Task<HashSet<string>> LoadDashboardAsync(HttpClient client)
    {
        HashSet<string> known = [""];
        for (var waiting = new Queue<string>(known); waiting.TryDequeue(out var file);)
        {
            var content = await client.GetStringAsync("signature-cache/" + file, TestContext.Current.CancellationToken);
            Assert.NotEmpty(content);
            foreach (var name in NamedFile().Matches(content).Select(static match => match.Groups[1].Value).Where(known.Add))
            {
                waiting.Enqueue(name);
            }
        }

        return known;
    }

    [GeneratedRegex("""(?:<(?:link|script|img) [^>]*(?:href|src)="|^import .* from '\./)([^"']+)""", RegexOptions.Multiline)]
    private static partial Regex NamedFile();
}
