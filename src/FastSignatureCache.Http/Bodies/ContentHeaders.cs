using System.Net.Http.Headers;

namespace FastSignatureCache.Http.Bodies;

internal static class ContentHeaders
{
    /// <summary>Copies all headers but <c>Content-Length</c>, which each content computes for itself.</summary>
    public static void CopyTo(this HttpContentHeaders source, HttpContentHeaders destination)
    {
        foreach ((string name, HeaderStringValues values) in source.NonValidated)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                destination.TryAddWithoutValidation(name, values);
            }
        }
    }
}
