using System.IO.Compression;
using System.Net.Http.Headers;

namespace FastSignatureCache.Http.Streaming;

/// <summary>The content codings (RFC 9110 section 8.4.1) that a captured answer can be read in.</summary>
internal static class ContentCoding
{
    /// <summary>Whether an answer with this content can be read, and its coding, null for none.</summary>
    public static bool IsReadable(HttpContent content, out string? coding)
    {
        coding = null;
        // Parsed headers are collections that each request would pay for, and most have no coding.
        if (!content.Headers.NonValidated.Contains("Content-Encoding"))
        {
            return true;
        }

        coding = content.Headers.ContentEncoding.FirstOrDefault();
        return content.Headers.ContentEncoding.Count <= 1 && content.Headers.ContentEncoding.All(IsSupported);
    }

    /// <summary>Takes the codings that can't be read out of what the client accepts, so that the upstream picks another.</summary>
    public static void Restrict(HttpRequestHeaders headers)
    {
        if (headers.NonValidated.Contains("Accept-Encoding") && headers.AcceptEncoding.Any(static coding => !IsSupported(coding.Value)))
        {
            StringWithQualityHeaderValue[] supported = [.. headers.AcceptEncoding.Where(static coding => IsSupported(coding.Value))];
            headers.AcceptEncoding.Clear();
            foreach (StringWithQualityHeaderValue coding in supported)
            {
                headers.AcceptEncoding.Add(coding);
            }
        }
    }

    /// <summary>The stream's content without its coding.</summary>
    public static Stream Decode(Stream stream, string? coding) => coding?.ToUpperInvariant() switch
    {
        "GZIP" or "X-GZIP" => new GZipStream(stream, CompressionMode.Decompress),
        "DEFLATE" => new ZLibStream(stream, CompressionMode.Decompress),
        "BR" => new BrotliStream(stream, CompressionMode.Decompress),
        _ => stream,
    };

    private static bool IsSupported(string coding) => coding.ToUpperInvariant() is "GZIP" or "X-GZIP" or "DEFLATE" or "BR" or "IDENTITY";
}
