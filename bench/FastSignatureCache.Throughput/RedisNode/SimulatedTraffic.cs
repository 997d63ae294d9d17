using System.Globalization;
using System.IO.Hashing;
using FastSignatureCache.Bench.Replay;
using FastSignatureCache.Bench.Workloads;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>
/// Numbered conversations as gateways keep them. Each step of a turn is a call with an id, kept under three names, but the last of the turn is a
/// text, kept under two. The same number always makes the same conversation.
/// </summary>
internal sealed class SimulatedTraffic(TrafficShape shape, int stepsPerTurn)
{
    public const int SignatureLength = 400;
    private const int NamesOfCall = 3;
    private const int NamesOfText = 2;

    // How the engine packs padded base64: a byte that says so, then what it stands for.
    private const byte PackedBase64 = 1;
    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(7);

    private readonly byte[] _bytes = RandomBytes(SignatureLength / 4 * 3);

    /// <summary>How many steps a turn has.</summary>
    public int StepsPerTurn => stepsPerTurn;

    /// <summary>How many bytes the engine packs one signature into.</summary>
    public int PackedLength => 1 + _bytes.Length;

    /// <summary>How many entries a turn comes to.</summary>
    public int EntriesPerTurn => ((stepsPerTurn - 1) * NamesOfCall) + NamesOfText;

    public int TurnsOf(int conversation) => TrafficGenerator.NextTurnCount(new Random(conversation), shape);

    public int StepsOf(int conversation) => TurnsOf(conversation) * stepsPerTurn;

    public static string IdOf(int conversation) =>
        string.Create(CultureInfo.InvariantCulture, $"{Hash(conversation, 0, 1):x16}{Hash(conversation, 0, 2):x16}");

    /// <summary>What a step is kept as.</summary>
    public StoredSignature[] Step(int conversation, int step, DateTimeOffset? expires = null)
    {
        // Cheap to make, so that the server is measured and not this.
        var payload = new byte[PackedLength];
        payload[0] = PackedBase64;
        _bytes.CopyTo(payload, 1);
        BitConverter.TryWriteBytes(payload.AsSpan(1), conversation);
        BitConverter.TryWriteBytes(payload.AsSpan(1 + sizeof(int)), step);

        var (id, content) = (IdOf(conversation), $"{Hash(conversation, step, 3):x16}{Hash(conversation, step, 4):x16}");
        var context = new SignatureContext(Hash(conversation, step, 5), Hash(conversation, step, 6), 0);
        var created = TimeProvider.System.GetUtcNow();
        string[] parts = (step + 1) % stepsPerTurn == 0
            ? [$"text:{content}:250", $"text:{content}:250@{context.History:x16}"]
            : [$"call:{content}", $"call:{content}@{context.History:x16}", $"id:call_{content[..24]}"];
        return
        [
            .. parts.Select(part =>
                new StoredSignature(new(id, Corpus.Model, part), context, payload, created, expires ?? created + TimeToLive)),
        ];
    }

    /// <summary>All of a conversation, in its order.</summary>
    public IEnumerable<StoredSignature> All(int conversation) =>
        Enumerable.Range(0, StepsOf(conversation)).SelectMany(step => Step(conversation, step));

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static ulong Hash(int conversation, int step, int seed) =>
        XxHash3.HashToUInt64(BitConverter.GetBytes(((long)conversation << 32) | (uint)step), seed);
}
