using System.Globalization;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// The part component of a <see cref="SignatureKey"/>: how a part is recognised when it comes back without its signature.
/// </summary>
internal static class PartId
{
    /// <summary>Longer call ids are named by their hash, within the key's limit of 512 characters.</summary>
    private const int MaxCallIdLength = 256;

    /// <summary>A call by the id that the provider gave it, and how many calls of that id the turn had before.</summary>
    public static string OfCallId(string callId, UInt128 hash, int earlier) =>
        Numbered(callId.Length <= MaxCallIdLength ? "id:" + callId : string.Create(CultureInfo.InvariantCulture, $"id#{hash:x32}"), earlier);

    /// <summary>
    /// A part by what it says and how many equal ones the turn had before: a call by its name and arguments, for clients that
    /// drop ids; a text by all of the text around it and by how many bytes of that stand in the signed part itself, since a
    /// stream often signs an empty last part.
    /// </summary>
    public static string Of(PartKind kind, UInt128 content, int earlier, int signedLength = 0) => kind switch
    {
        PartKind.Call => Numbered(string.Create(CultureInfo.InvariantCulture, $"call:{content:x32}"), earlier),
        PartKind.Text => Numbered(string.Create(CultureInfo.InvariantCulture, $"text:{content:x32}:{signedLength}"), earlier),
        _ => Numbered(string.Create(CultureInfo.InvariantCulture, $"other:{content:x32}"), earlier),
    };

    // Counted within the turn, so that a client which drops old turns does not shift the numbers.
    private static string Numbered(string id, int earlier) =>
        earlier == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}#{earlier}");
}
