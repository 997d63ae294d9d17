using System.Globalization;
using System.Security.Cryptography;

namespace FastSignatureCache.Stores.Conformance;

/// <summary>Signatures to put, and a comparison of those that come back.</summary>
public static class StoredSignatures
{
    private const int UsualPayload = 60;

    public static TimeSpan TimeToLive { get; } = TimeSpan.FromDays(7);

    /// <summary>A signature of its own for each number, created so many milliseconds after <see cref="SignatureStoreConformance.Start"/>.</summary>
    public static StoredSignature Numbered(int number, string conversation = "conversation", int payload = UsualPayload) =>
        Of(new(conversation, "model", string.Create(CultureInfo.InvariantCulture, $"call-{number}")), number, payload);

    public static StoredSignature Of(SignatureKey key, int number = 0, int payload = UsualPayload)
    {
        var created = SignatureStoreConformance.Start.AddMilliseconds(number);
        return new(key, new((ulong)number, ulong.MaxValue - (ulong)number, number), Payload(number, payload), created, created + TimeToLive);
    }

    /// <summary>Bytes that look random and are always the same for the same number.</summary>
    public static byte[] Payload(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Everything about the signatures, for comparison: in the order given.</summary>
    public static IEnumerable<string> Describe(IEnumerable<StoredSignature> signatures) => signatures.Select(Describe);

    /// <summary>Fails unless both have the same signatures, each as often, in whatever order.</summary>
    public static void AssertSame(IEnumerable<StoredSignature> expected, IEnumerable<StoredSignature> actual) =>
        Assert.Equal(Describe(expected).Order(StringComparer.Ordinal), Describe(actual).Order(StringComparer.Ordinal));

    private static string Describe(StoredSignature signature) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Describe(signature.Key)} | {signature.Context} | {signature.CreatedAt.UtcTicks} to {signature.ExpiresAt.UtcTicks} | {Digest(signature)}");

    private static string Describe(SignatureKey key) => $"{Escape(key.ConversationId)} | {Escape(key.ModelId)} | {Escape(key.PartId)}";

    private static string Digest(StoredSignature signature) => string.Create(
        CultureInfo.InvariantCulture, $"{signature.Payload.Length} bytes {Convert.ToHexString(SHA256.HashData(signature.Payload.Span), 0, 8)}");

    // Lone surrogates and control characters would not survive the way to a test report.
    private static string Escape(string value) =>
        string.Concat(value.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c.ToString() : $"\\u{(int)c:x4}"));
}
