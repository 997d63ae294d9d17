using System.Buffers.Text;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>Signatures as base64: both alphabets, padded or not, as protobuf's JSON mapping reads bytes.</summary>
internal static class SignatureText
{
    public static string Encode(ReadOnlySpan<byte> signature, bool urlSafe) =>
        urlSafe ? Base64Url.EncodeToString(signature) : Convert.ToBase64String(signature);

    public static byte[]? TryDecode(string text)
    {
        var standard = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        standard = standard.PadRight((standard.Length + 3) / 4 * 4, '=');
        var bytes = new byte[standard.Length / 4 * 3];
        return Convert.TryFromBase64String(standard, bytes, out var length) ? bytes[..length] : null;
    }
}
