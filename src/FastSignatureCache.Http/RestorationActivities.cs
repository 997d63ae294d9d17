using System.Diagnostics;
using FastSignatureCache.Http.Protocols;

namespace FastSignatureCache.Http;

/// <summary>
/// The activities of restoration, for whoever traces requests. While nobody listens to the source, none is made. They carry no id of a
/// conversation and no signature.
/// </summary>
internal static class RestorationActivities
{
    /// <summary>The name to be named to whoever exports traces.</summary>
    public const string SourceName = "FastSignatureCache";

    /// <summary>Loads the conversation and looks up what a request lacks.</summary>
    public const string Restore = "fast_signature_cache.restore";

    /// <summary>Keeps the signatures of an answer that has ended, in the store too where the cache writes through to one.</summary>
    public const string Capture = "fast_signature_cache.capture";

    public const string ProtocolTag = "fast_signature_cache.protocol";
    public const string LackingTag = "fast_signature_cache.lacking";
    public const string RestoredTag = "fast_signature_cache.restored";
    public const string CapturedTag = "fast_signature_cache.captured";

    /// <summary>OpenTelemetry's name: https://opentelemetry.io/docs/specs/semconv/gen-ai/.</summary>
    public const string ModelTag = "gen_ai.request.model";

    private static readonly ActivitySource Source = new(SourceName);

    /// <returns>Null when nobody listens.</returns>
    public static Activity? Start(string name, IProtocol protocol, string model) =>
        Source.StartActivity(name)?.SetTag(ProtocolTag, protocol.Name).SetTag(ModelTag, model);
}
