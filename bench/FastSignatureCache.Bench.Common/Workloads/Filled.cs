using FastSignatureCache.Bench.Contenders;

namespace FastSignatureCache.Bench.Workloads;

/// <summary>Makes contenders that hold what a workload expects to be there.</summary>
public static class Filled
{
    /// <summary>A new cache with the stored keys in it.</summary>
    public static TContender With<TContender>(Traffic traffic)
        where TContender : struct, IContender<TContender>
    {
        var contender = TContender.Create(new ContenderSettings(traffic.Capacity));
        for (var i = 0; i < traffic.Stored.Length; i++)
        {
            contender.Put(traffic.Stored[i], traffic.Signatures[i & (Traffic.SignatureCount - 1)]);
        }

        contender.Settle(traffic.Stored[^1]);
        return contender;
    }
}
