using System.Globalization;

namespace FastSignatureCache.Tests.Support;

/// <summary>Well-formed signatures and keys to test with.</summary>
internal static class Signatures
{
    /// <summary>The same number always gives the same thought signature, another number another one.</summary>
    public static string Thought(int number, int length = 72)
    {
        var bytes = new byte[length / 4 * 3];
        new Random(number).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    public static SignatureKey Key(int number, string model = "gemini-3-pro-preview", string part = "") =>
        new("conversation-" + number.ToString(CultureInfo.InvariantCulture), model, part);

    public static ContextualKey With(this SignatureKey key, ulong history = 0, ulong turn = 0, int occurrence = 0) =>
        new(key, new SignatureContext(history, turn, occurrence));

    public static bool Put(this SignatureCache cache, ContextualKey key, string signature) => cache.Put([key], signature);

    public static SignatureLookup Lookup(this SignatureCache cache, ContextualKey key) => cache.Lookup([key]);

    public static string? Find(this SignatureCache cache, SignatureKey key) => cache.TryGet(key, out var entry) ? entry.Signature : null;
}
