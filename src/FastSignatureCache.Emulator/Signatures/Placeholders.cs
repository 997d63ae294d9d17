using System.Buffers.Text;
using System.Text;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>The values that stand for a signature no one has, literal or in base64.</summary>
internal static class Placeholders
{
    private const string Skip = "skip_thought_signature_validator";
    private const string ContextEngineering = "context_engineering_is_the_way_to_go";

    /// <summary>AI Studio knows both, Vertex the first only.</summary>
    public static bool IsAccepted(ReadOnlySpan<byte> signature, bool vertex) =>
        Is(signature, Skip) || (!vertex && Is(signature, ContextEngineering));

    // The literal is itself well-formed URL-safe base64, so what arrives has been decoded once in either case.
    private static bool Is(ReadOnlySpan<byte> signature, string placeholder) =>
        signature.SequenceEqual(Base64Url.DecodeFromChars(placeholder))
        || signature.SequenceEqual(Encoding.UTF8.GetBytes(placeholder));
}
