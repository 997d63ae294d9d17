using System.Globalization;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// The part component of a <see cref="SignatureKey"/>: how a part is recognised when it comes back without its signature.
/// </summary>
internal static class PartId
{
    /// <summary>Longer call ids are named by their hash, within the key's limit of 512 characters.</summary>
    private const int MaxCallIdLength = 256;

    /// <summary>A call by the id that the provider gave it.</summary>
    public static string OfCallId(string callId, ContentHash hash) =>
        callId.Length <= MaxCallIdLength ? "id:" + callId : "id#" + Hex(hash.CallId(callId));

    /// <summary>
    /// A part by what it says: a call by its name and arguments, for clients that drop ids; a text by all of the text around it
    /// and by how many bytes of that stand in the signed part itself, since a stream often signs an empty last part.
    /// </summary>
    public static string Of(PartKind kind, UInt128 content, int signedLength = 0) => kind switch
    {
        PartKind.Call => "call:" + Hex(content),
        PartKind.Text => string.Create(CultureInfo.InvariantCulture, $"text:{content:x32}:{signedLength}"),
        _ => "other:" + Hex(content),
    };

    private static string Hex(UInt128 hash) => hash.ToString("x32", CultureInfo.InvariantCulture);
}
