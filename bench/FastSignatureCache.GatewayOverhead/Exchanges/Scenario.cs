using System.Text;

namespace FastSignatureCache.Bench.GatewayOverhead.Exchanges;

/// <summary>What is measured of a wire format. All requests have three calls behind them, and those of the client are equally long.</summary>
internal sealed class Scenario
{
    /// <summary>How long each measured body is, in bytes, as the client sends it.</summary>
    public const int BodyLength = 10 * 1024;

    /// <summary>How many signatures a repair restores.</summary>
    public const int Calls = 3;

    private Scenario(IDialogue dialogue, string what, bool areSigned, bool isStream)
    {
        Name = $"{dialogue.Name}, {what}";
        var padding = new string('-', BodyLength - Bytes(dialogue, "", Calls, areSigned, isStream).Length);
        Exchange At(int calls) => new(
            $"{Name}, {calls} calls",
            dialogue.PathOf(isStream),
            Bytes(dialogue, padding, calls, areSigned, isStream),
            Bytes(dialogue, padding, calls, areSigned: true, isStream),
            isStream ? Events(dialogue.CreateEvents(calls)) : [Encoding.UTF8.GetBytes(dialogue.CreateAnswer(calls).ToWire())],
            isStream);
        Measured = At(Calls);
        Before = areSigned ? [] : [.. Enumerable.Range(0, Calls).Select(At)];
    }

    /// <summary>What it is called in a report.</summary>
    public string Name { get; }

    /// <summary>What is measured.</summary>
    public Exchange Measured { get; }

    /// <summary>What has to pass before, once in each conversation: the exchanges whose answers bring what is to be restored.</summary>
    public IReadOnlyList<Exchange> Before { get; }

    /// <summary>Whether the gateway has something to restore.</summary>
    public bool IsRepaired => Before.Count > 0;

    public static IReadOnlyList<Scenario> All { get; } = [.. new IDialogue[] { new GeminiDialogue(), new OpenAiDialogue() }.SelectMany(For)];

    private static IEnumerable<Scenario> For(IDialogue dialogue) =>
    [
        new(dialogue, "nothing to restore", areSigned: true, isStream: false),
        new(dialogue, "three signatures restored", areSigned: false, isStream: false),
        new(dialogue, "first byte of a stream", areSigned: true, isStream: true),
    ];

    private static byte[] Bytes(IDialogue dialogue, string instructions, int calls, bool areSigned, bool isStream) =>
        Encoding.UTF8.GetBytes(dialogue.CreateRequest(instructions, calls, areSigned, isStream).ToWire());

    private static byte[][] Events(IEnumerable<string> data) => [.. data.Select(static json => Encoding.UTF8.GetBytes($"data: {json}\n\n"))];
}
