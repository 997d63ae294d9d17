using System.Text.Json.Nodes;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.GatewayOverhead.Exchanges;

/// <summary>What the model does at a step of its turn, the same in every wire format and every conversation.</summary>
internal static class Step
{
    public const string Tool = "search";

    private const int SignatureLength = 400;
    private const int MaxSteps = 4;
    private static readonly string[] Signatures = NewSignatures();

    public static string SignatureOf(int step) => Signatures[step];

    public static string CallIdOf(int step) => $"call_{step}_7f3a9c";

    public static JsonObject ArgumentsOf(int step) => new() { ["query"] = $"deliveries of week {step}, by warehouse and day", ["limit"] = 50 + step };

    public static string ResultOf(int step) => string.Join('\n', Enumerable.Range(0, 24).Select(row => $"{step};2026-0{1 + step}-{row:D2};\"south gate\";{row * 37}"));

    /// <summary>The words of a streamed answer, in the pieces in which they come.</summary>
    public static IEnumerable<string> Words { get; } = Enumerable.Repeat("I have read the deliveries so far, and ", 8);

    private static string[] NewSignatures()
    {
        var corpus = new Corpus(seed: 1);
        return [.. Enumerable.Range(0, MaxSteps).Select(_ => corpus.NextSignature(SignatureLength))];
    }
}
