using System.Runtime.ExceptionServices;
using System.Text;
using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Streaming;

namespace FastSignatureCache.Http.Recovery;

/// <summary>Looks into the body of an error and leaves the answer as it was.</summary>
internal static class ErrorAnswer
{
    /// <summary>Errors of providers have a few hundred bytes; a longer body is not looked at beyond this.</summary>
    public const int MaxLength = 64 * 1024;

    private const int UsualLength = 4 * 1024;

    /// <summary>The body as text; null when it is longer than <see cref="MaxLength"/> or can't be read.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<string?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        HttpContent original = response.Content;
        if (original.Headers.GetLength() > MaxLength || !ContentCoding.IsReadable(original, out string? coding))
        {
            return null;
        }

        Stream upstream = await original.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var begin = new MemoryStream(UsualLength);
        ExceptionDispatchInfo? failure = await CopyAsync(upstream, begin, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> body = begin.GetBuffer().AsMemory(0, (int)begin.Length);
        response.Content = new StreamContent(new PrefixedStream(body, original, upstream, failure));
        original.Headers.CopyTo(response.Content.Headers);
        return failure is not null || body.Length > MaxLength ? null : await DecodeAsync(body, coding, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads until the body ends or is too long.</summary>
    /// <returns>What kept it from ending; the client gets that when it comes to this place.</returns>
    private static async Task<ExceptionDispatchInfo?> CopyAsync(Stream upstream, MemoryStream body, CancellationToken cancellationToken)
    {
        byte[] piece = new byte[UsualLength];
        try
        {
            int count;
            while (body.Length <= MaxLength && (count = await upstream.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0)
            {
                body.Write(piece.AsSpan(0, count));
            }

            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return ExceptionDispatchInfo.Capture(failure);
        }
    }

    private static async Task<string?> DecodeAsync(ReadOnlyMemory<byte> body, string? coding, CancellationToken cancellationToken)
    {
        if (coding is null)
        {
            return Encoding.UTF8.GetString(body.Span);
        }

        using Stream decoded = ContentCoding.Decode(new MemoryStream(body.ToArray()), coding);
        var text = new MemoryStream();
        return await CopyAsync(decoded, text, cancellationToken).ConfigureAwait(false) is null
            ? Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length))
            : null;
    }
}
