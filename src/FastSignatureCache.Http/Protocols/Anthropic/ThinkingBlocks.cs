using System.Buffers.Text;
using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Anthropic;

/// <summary>
/// The thinking of one step as it is kept: the step's content, in which everything but thinking is <c>null</c>, byte for byte as it
/// came, and that in base64, which is a signature to the cache like any other. Immutable.
/// </summary>
internal sealed class ThinkingBlocks
{
    private readonly List<(int Block, ReadOnlyMemory<byte> Blocks)> _runs = [];
    private readonly ReadOnlyMemory<byte> _content;

    private ThinkingBlocks(ReadOnlyMemory<byte> content) => _content = content;

    /// <summary>Blocks that follow one another, without the commas around them, and the number of the other block that they stand before.</summary>
    public IReadOnlyList<(int Block, ReadOnlyMemory<byte> Blocks)> Runs => _runs;

    /// <summary>How many blocks of the step were no thinking.</summary>
    public int Others { get; private set; }

    /// <summary>Whether all thinking stands before everything else.</summary>
    public bool IsOnlyAtBegin => _runs is [(0, _)];

    /// <summary>Packs a step's content: each of its blocks as its JSON if it is thinking, else null.</summary>
    public static string Pack(IEnumerable<ReadOnlyMemory<byte>?> blocks)
    {
        using var content = new MemoryStream();
        foreach (ReadOnlyMemory<byte>? block in blocks)
        {
            content.Write(content.Length == 0 ? "["u8 : ","u8);
            content.Write(block is { } thinking ? thinking.Span : "null"u8);
        }

        content.Write("]"u8);
        return Convert.ToBase64String(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>The blocks of a kept signature; null when it is that of something else.</summary>
    public static ThinkingBlocks? TryUnpack(CachedSignature signature)
    {
        byte[] content = new byte[signature.Length];
        signature.CopyTo(content.AsSpan());
        _ = Base64.DecodeFromUtf8InPlace(content, out int length);
        var blocks = new ThinkingBlocks(content.AsMemory(0, length));
        try
        {
            return blocks.FindRuns() ? blocks : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Hash of the blocks, which tells theirs from others' however they are written.</summary>
    public UInt128 Hash(ContentHash hash)
    {
        UInt128 blocks = 0;
        var reader = new Utf8JsonReader(_content.Span, ContentHash.ReaderOptions);
        reader.Read();
        while (reader.ReadElement())
        {
            blocks = reader.TokenType == JsonTokenType.StartObject ? Append(hash, blocks, hash.Value(ref reader)) : blocks;
        }

        return blocks;
    }

    /// <summary>Adds one block to the hash of those before it.</summary>
    public static UInt128 Append(ContentHash hash, UInt128 before, UInt128 block) => hash.Mix((byte)'b', before, block);

    private bool FindRuns()
    {
        var reader = new Utf8JsonReader(_content.Span, ContentHash.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        int start = -1;
        int end = 0;
        while (reader.ReadElement())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                start = start < 0 ? (int)reader.TokenStartIndex : start;
                reader.Skip();
                end = (int)reader.BytesConsumed;
                continue;
            }

            if (start >= 0)
            {
                _runs.Add((Others, _content[start..end]));
                start = -1;
            }

            Others++;
        }

        return _runs.Count > 0;
    }
}
