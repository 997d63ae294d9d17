namespace FastSignatureCache.Bench.Workloads;

/// <summary>What a workload works with.</summary>
/// <param name="Capacity">The capacity of the cache.</param>
/// <param name="Stored">The keys that are in the cache before anything is measured.</param>
/// <param name="Sent">The keys of the measured operations, in their order. Their number is a multiple of <see cref="Batch"/>.</param>
/// <param name="Signatures">The signatures that are put. Their number is <see cref="SignatureCount"/>.</param>
public sealed record Traffic(int Capacity, RequestKey[] Stored, RequestKey[] Sent, string[] Signatures)
{
    /// <summary>Operations in one measured batch.</summary>
    public const int Batch = 1_000;

    /// <summary>How many different signatures there are: a power of two.</summary>
    public const int SignatureCount = 64;

    /// <summary>One batch of the operations; the last is followed by the first.</summary>
    public ReadOnlySpan<RequestKey> BatchAt(int index) => Sent.AsSpan(index % (Sent.Length / Batch) * Batch, Batch);
}
