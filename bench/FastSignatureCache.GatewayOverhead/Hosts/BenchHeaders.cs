namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary>What client and upstream tell each other, past the proxy.</summary>
internal static class BenchHeaders
{
    /// <summary>The name of the exchange.</summary>
    public const string Exchange = "x-bench-exchange";

    /// <summary>How long the body has to be when it arrives. Any other is refused.</summary>
    public const string ExpectedLength = "x-bench-expected-length";

    /// <summary>Asks for the body itself as the answer.</summary>
    public const string Echo = "x-bench-echo";
}
