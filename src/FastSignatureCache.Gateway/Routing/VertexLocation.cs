using System.Text.RegularExpressions;

namespace FastSignatureCache.Gateway.Routing;

/// <summary>The location in a path of Vertex AI. It becomes a part of the host's name, so it must be nothing but a label.</summary>
internal static partial class VertexLocation
{
    public const string Global = "global";

    /// <summary>Finds the location; <see cref="Global"/> when the path names none.</summary>
    /// <returns>False when what stands there can not be a location.</returns>
    public static bool TryFind(string path, out string location)
    {
        var match = Segment().Match(path);
        location = match.Success ? match.Groups[1].Value : Global;
        return Label().IsMatch(location);
    }

    [GeneratedRegex("/locations/([^/]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Segment();

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
