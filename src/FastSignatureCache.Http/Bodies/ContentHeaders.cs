using System.Globalization;
using System.Net.Http.Headers;

namespace FastSignatureCache.Http.Bodies;

/// <summary>Reads headers as they stand on the wire: the parsed forms are objects that every request would pay for.</summary>
internal static class ContentHeaders
{
    private const string Length = "Content-Length";

    /// <summary>Copies all headers.</summary>
    public static void CopyTo(this HttpContentHeaders source, HttpContentHeaders destination)
    {
        foreach ((string name, HeaderStringValues values) in source.NonValidated)
        {
            if (values.Count == 1)
            {
                destination.TryAddWithoutValidation(name, values.ToString());
            }
            else
            {
                destination.TryAddWithoutValidation(name, values);
            }
        }
    }

    /// <summary>Copies all headers but <c>Content-Length</c>, which each content computes for itself.</summary>
    public static void CopyToOtherLength(this HttpContentHeaders source, HttpContentHeaders destination)
    {
        source.CopyTo(destination);
        destination.Remove(Length);
    }

    /// <summary>The length in bytes that is announced, or that the content computes; null when it is not known.</summary>
    public static long? GetLength(this HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues(Length, out HeaderStringValues values)
        && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long length)
            ? length
            : headers.ContentLength;

    /// <summary>The media type without its parameters; empty when there is none.</summary>
    public static ReadOnlySpan<char> GetMediaType(this HttpContentHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values))
        {
            return [];
        }

        ReadOnlySpan<char> type = values.ToString();
        int parameters = type.IndexOf(';');
        return (parameters < 0 ? type : type[..parameters]).Trim();
    }
}
