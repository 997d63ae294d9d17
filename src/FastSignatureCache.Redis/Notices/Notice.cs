using FastSignatureCache.Redis.Entries;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Redis.Notices;

/// <summary>
/// What stores tell each other about removals: a version, who tells it, then a conversation with the models and parts of the removed keys, or
/// nothing when everything was removed.
/// </summary>
internal static class Notice
{
    private const byte Version = 1;
    private const int SenderLength = 16;
    private const int HeaderLength = 1 + SenderLength;

    public static byte[] OfEverything(Guid sender) => [Version, .. sender.ToByteArray()];

    /// <param name="sender">Who tells it.</param>
    /// <param name="keys">Keys of one conversation, at least one.</param>
    public static byte[] Of(Guid sender, IReadOnlyList<SignatureKey> keys)
    {
        var buffer = new byte[TextEncoding.MaxLength];
        var notice = new MemoryStream();
        notice.Write(OfEverything(sender));
        Write(keys[0].ConversationId);
        foreach (var key in keys)
        {
            Write(key.ModelId);
            Write(key.PartId);
        }

        return notice.ToArray();

        void Write(string text) => notice.Write(buffer, 0, TextEncoding.Write(text, buffer));
    }

    /// <summary>Reads a notice. Null if it is none, or one of another version; empty if it is the reader's own.</summary>
    public static IReadOnlyList<StoreRemoval>? Read(ReadOnlySpan<byte> notice, Guid reader)
    {
        if (notice.Length < HeaderLength || notice[0] != Version)
        {
            return null;
        }

        if (new Guid(notice.Slice(1, SenderLength)) == reader)
        {
            return [];
        }

        var rest = notice[HeaderLength..];
        if (rest.IsEmpty)
        {
            return [new StoreRemoval(default)];
        }

        List<StoreRemoval> removals = [];
        if (!TextEncoding.TryRead(ref rest, out var conversation) || conversation.Length == 0 || rest.IsEmpty)
        {
            return null;
        }

        while (!rest.IsEmpty)
        {
            if (!TextEncoding.TryRead(ref rest, out var model) || !TextEncoding.TryRead(ref rest, out var part) || model.Length == 0)
            {
                return null;
            }

            removals.Add(new(new(conversation, model, part)));
        }

        return removals;
    }
}
