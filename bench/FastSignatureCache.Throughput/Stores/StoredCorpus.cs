using System.Globalization;
using System.IO.Hashing;
using FastSignatureCache.Bench.Workloads;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>
/// Numbered signatures as restoration keeps them: a conversation is a hash, a part is named by a call's id, and several parts make a conversation.
/// The same number always makes the same one.
/// </summary>
/// <param name="rows">How many a full store has. The older half of them has expired.</param>
/// <param name="signatureLength">How many characters of base64 a signature has.</param>
internal sealed class StoredCorpus(int rows, int signatureLength)
{
    private const int PartsPerConversation = 8;

    // How the engine packs padded base64: a byte that says so, then what it stands for.
    private const byte PackedBase64 = 1;
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(7);

    private readonly byte[] _bytes = RandomBytes(signatureLength / 4 * 3);

    public int Rows => rows;

    /// <summary>How many bytes the engine packs one signature into.</summary>
    public int PackedLength => 1 + _bytes.Length;

    /// <summary>A conversation that has not expired.</summary>
    public string AliveConversation(Random random) => ConversationOf(random.Next(rows / 2, rows));

    public static SignatureKey KeyOf(int number) => new(ConversationOf(number), Corpus.Model, PartOf(number));

    public StoredSignature this[int number]
    {
        get
        {
            // Cheap to make, so that a store is measured and not this.
            var payload = new byte[PackedLength];
            payload[0] = PackedBase64;
            _bytes.CopyTo(payload, 1);
            BitConverter.TryWriteBytes(payload.AsSpan(1), number);

            // Ten a second, up to now: the older half is more than its time to live old.
            var created = Now - ((rows - number) * TimeSpan.FromMilliseconds(100));
            var expires = number < rows / 2 ? created : created + TimeToLive + (rows * TimeSpan.FromMilliseconds(100));
            return new(KeyOf(number), new(Hash(number, 1), Hash(number, 2), 0), payload, created, expires);
        }
    }

    private static string ConversationOf(int number)
    {
        var conversation = number / PartsPerConversation;
        return string.Create(CultureInfo.InvariantCulture, $"{Hash(conversation, 3):x16}{Hash(conversation, 4):x16}");
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static string PartOf(int number) => string.Create(CultureInfo.InvariantCulture, $"id:call_{Hash(number, 5):x16}");

    private static ulong Hash(int number, int seed) => XxHash3.HashToUInt64(BitConverter.GetBytes(number), seed);
}
