using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace FastSignatureCache.AspNetCore.Entries;

/// <summary>
/// A key as one segment of a URL. It holds the whole key, so an entry is found again without a table of ids; and in UTF-16, because a key may
/// have surrogates that no UTF-8 can say.
/// </summary>
internal static class EntryId
{
    private const int MaxLength = 4 * SignatureKey.MaxPartLength * sizeof(char);

    public static string Of(in SignatureKey key) => Base64Url.EncodeToString(MemoryMarshal.AsBytes<char>(
        $"{(char)key.ConversationId.Length}{(char)key.ModelId.Length}{key.ConversationId}{key.ModelId}{key.PartId}"));

    public static bool TryParse(string id, [NotNullWhen(true)] out SignatureKey? key)
    {
        key = null;
        if (id.Length > Base64Url.GetEncodedLength(MaxLength) || !Base64Url.IsValid(id))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(id);
        var text = MemoryMarshal.Cast<byte, char>(bytes);
        if (bytes.Length % sizeof(char) != 0 || text.Length < 2 || text.Length - 2 < text[0] + text[1])
        {
            return false;
        }

        var conversation = text.Slice(2, text[0]).ToString();
        var model = text.Slice(2 + text[0], text[1]).ToString();
        var part = text[(2 + text[0] + text[1])..].ToString();
        if (conversation is not { Length: > 0 and <= SignatureKey.MaxPartLength }
            || model is not { Length: > 0 and <= SignatureKey.MaxPartLength }
            || part.Length > SignatureKey.MaxPartLength)
        {
            return false;
        }

        key = new SignatureKey(conversation, model, part);
        return true;
    }
}
