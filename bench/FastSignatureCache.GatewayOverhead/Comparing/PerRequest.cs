using FastSignatureCache.Bench.GatewayOverhead.Hosts;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>What one request costs a process.</summary>
/// <param name="AllocatedBytes">On the managed heap.</param>
/// <param name="ProcessorMicroseconds">Of all threads, the garbage collector's and the compiler's included.</param>
internal readonly record struct PerRequest(double AllocatedBytes, double ProcessorMicroseconds)
{
    public static PerRequest Of(Usage usage, long requests) =>
        new((double)usage.AllocatedBytes / requests, usage.ProcessorTime.TotalMicroseconds / requests);
}
