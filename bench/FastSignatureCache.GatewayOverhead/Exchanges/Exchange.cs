namespace FastSignatureCache.Bench.GatewayOverhead.Exchanges;

/// <summary>A request and its answer, in the bytes that lie on the wire.</summary>
/// <param name="Name">By which the upstream knows what to answer.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Sent">The body that the client sends.</param>
/// <param name="Complete">The same body with all of its signatures: what a gateway makes of it.</param>
/// <param name="Answer">The answer, in the pieces in which the upstream sends it.</param>
/// <param name="IsStream">Whether the answer is a stream of events.</param>
internal sealed record Exchange(string Name, string Path, byte[] Sent, byte[] Complete, IReadOnlyList<byte[]> Answer, bool IsStream)
{
    /// <summary>How long the whole answer is.</summary>
    public int AnswerLength { get; } = Answer.Sum(static piece => piece.Length);
}
