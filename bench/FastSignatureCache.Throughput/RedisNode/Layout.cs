using FastSignatureCache.Stores;

namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>A way to lay a step's entries into its conversation's hash: how long names and values of the fields are.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="FieldsOf">The fields that the entries of one signature come to.</param>
internal sealed record Layout(string Name, Func<StoredSignature[], IEnumerable<(int Name, int Value)>> FieldsOf)
{
    private const int Digest = 16;
    private const int Header = 1 + 8 + 8 + 8; // version, checksum, two times
    private const int Context = 8 + 8 + 4;
    private const int LengthOfText = 2;
    private const int Reference = 8;

    /// <summary>What the store does: each name has all of it.</summary>
    public static Layout Today { get; } = new(
        "each name has the payload (today's)",
        static entries => entries.Select(static entry => (2 * Digest, Header + KeyOf(entry) + Context + entry.Payload.Length)));

    /// <summary>One field more for the payload, which the names refer to.</summary>
    public static Layout PayloadApart { get; } = new(
        "payload in a field of its own",
        static entries =>
        [
            (Digest, 1 + 8 + entries[0].Payload.Length),
            .. entries.Select(static entry => (2 * Digest, Header + KeyOf(entry) + Context + Reference)),
        ]);

    /// <summary>One field for all names: its own name has their digests, its value each part and context, and the rest once.</summary>
    public static Layout OneField { get; } = new(
        "all names in one field",
        static entries =>
        [
            (
                (entries.Length + 1) * Digest,
                Header + 1 + SharedOf(entries[0]) + entries.Sum(static entry => PartOf(entry) + Context) + entries[0].Payload.Length),
        ]);

    private static int KeyOf(StoredSignature entry) => SharedOf(entry) + PartOf(entry);

    private static int SharedOf(StoredSignature entry) => LengthOfText + entry.Key.ConversationId.Length + LengthOfText + entry.Key.ModelId.Length;

    private static int PartOf(StoredSignature entry) => LengthOfText + entry.Key.PartId.Length;
}
