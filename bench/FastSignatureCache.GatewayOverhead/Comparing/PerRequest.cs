using FastSignatureCache.Bench.GatewayOverhead.Hosts;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>What one request costs a process.</summary>
/// <param name="AllocatedBytes">On the managed heap.</param>
/// <param name="ProcessorMicroseconds">Of all threads, the garbage collector's and the compiler's included.</param>
/// <param name="PauseMicroseconds">In which the garbage collector held all threads.</param>
internal readonly record struct PerRequest(double AllocatedBytes, double ProcessorMicroseconds, double PauseMicroseconds)
{
    public static PerRequest Of(Usage usage, long requests) =>
        new((double)usage.AllocatedBytes / requests, usage.ProcessorTime.TotalMicroseconds / requests, usage.Pauses.TotalMicroseconds / requests);
}
