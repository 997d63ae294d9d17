using System.Text;
using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Streaming;

namespace FastSignatureCache.Http.Recovery;

/// <summary>Looks into the body of an error and leaves the answer as it was.</summary>
internal static class ErrorAnswer
{
    /// <summary>Errors of providers have a few hundred bytes; a longer body is not looked at beyond this.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>The body as text; null when it is longer than <see cref="MaxLength"/> or can't be read.</summary>
    public static async Task<string?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        HttpContent original = response.Content;
        if (original.Headers.GetLength() > MaxLength || !ContentCoding.IsReadable(original, out string? coding))
        {
            return null;
        }

        Stream upstream = await original.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] begin = new byte[MaxLength + 1];
        int length = await upstream.ReadAtLeastAsync(begin, begin.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        response.Content = new StreamContent(new PrefixedStream(begin.AsMemory(0, length), original, upstream));
        original.Headers.CopyTo(response.Content.Headers);
        return length > MaxLength ? null : await DecodeAsync(begin.AsMemory(0, length), coding, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string?> DecodeAsync(ReadOnlyMemory<byte> body, string? coding, CancellationToken cancellationToken)
    {
        if (coding is null)
        {
            return Encoding.UTF8.GetString(body.Span);
        }

        try
        {
            using Stream decoded = ContentCoding.Decode(new MemoryStream(body.ToArray()), coding);
            byte[] text = new byte[MaxLength];
            int length = await decoded.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(text, 0, length);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
