using System.Diagnostics.Metrics;

namespace FastSignatureCache.Http.Recovery;

/// <summary>Counts refusals, by a handful of reasons and by whether the request was sent once more. Thread-safe.</summary>
internal static class RecoveryMeter
{
    private static readonly Meter Meter = new(SignatureCacheMeter.MeterName);

    private static readonly Counter<long> Rejections = Meter.CreateCounter<long>(
        "fast_signature_cache.rejections", "{rejection}", "Requests that an upstream refused because of a signature.");

    public static void Count(RejectionReason reason, bool isRetried) => Rejections.Add(
        1, new("reason", NameOf(reason)), new("retried", isRetried));

    private static string NameOf(RejectionReason reason) => reason switch
    {
        RejectionReason.Missing => "missing",
        RejectionReason.Undecodable => "undecodable",
        RejectionReason.Incomplete => "incomplete",
        RejectionReason.Modified => "modified",
        _ => "invalid",
    };
}
