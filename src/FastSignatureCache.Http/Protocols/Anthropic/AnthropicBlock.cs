using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Anthropic;

/// <summary>One content block of an answer while it arrives: at once, or begun and then added to.</summary>
internal sealed class AnthropicBlock
{
    // What came unescaped stays so.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly byte[] _json;
    private string? _signature;

    private AnthropicBlock(string? type, string? id, byte[] json, int index) => (Type, Id, _json, Index) = (type, id, json, index);

    public int Index { get; }

    public string? Type { get; }

    public string? Id { get; }

    public bool IsThinking => Type is "thinking" or "redacted_thinking";

    /// <summary>The block as it came or began.</summary>
    public ReadOnlySpan<byte> Json => _json;

    /// <summary>What was added to its text or input.</summary>
    public ReadOnlySpan<byte> Added => _text.WrittenSpan;

    /// <summary>Blocks that are neither text nor calls, by what stays the same of them however they come.</summary>
    public static UInt128 Identity(ContentHash hash, string? type, string? id) =>
        hash.Mix((byte)'o', hash.CallId(type ?? ""), hash.CallId(id ?? ""));

    /// <summary>Takes the block that the reader stands on; leaves the reader on its last token.</summary>
    public static AnthropicBlock Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int index)
    {
        int start = (int)reader.TokenStartIndex;
        string? type = null;
        string? id = null;
        while (reader.ReadMember())
        {
            bool isType = reader.ValueTextEquals("type"u8);
            bool isId = reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("tool_use_id"u8);
            reader.Read();
            type = isType ? reader.TryGetText() : type;
            id = isId ? reader.TryGetText() : id;
            reader.Skip();
        }

        return new AnthropicBlock(type, id, json[start..(int)reader.BytesConsumed].ToArray(), index);
    }

    public void Add(ReadOnlySpan<byte> text) => _text.Write(text);

    public void Sign(string? signature) => _signature = signature;

    /// <summary>The block as it would have come at once.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        if (_text.WrittenCount == 0 && _signature is null)
        {
            return _json;
        }

        var complete = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(complete, Relaxed))
        {
            WriteTo(writer);
        }

        return complete.WrittenMemory;
    }

    /// <summary>The member of this name, if the block has it: its value's first token.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out Utf8JsonReader value)
    {
        value = new Utf8JsonReader(_json, ContentHash.ReaderOptions);
        value.Read();
        while (value.ReadMember())
        {
            bool isFound = value.ValueTextEquals(name);
            value.Read();
            if (isFound)
            {
                return true;
            }

            value.Skip();
        }

        return false;
    }

    /// <summary>Whether it is thinking that was cut off before its signature.</summary>
    public bool IsIncomplete => Type == "thinking" && string.IsNullOrEmpty(_signature)
        && !(TryFind("signature"u8, out Utf8JsonReader signature) && signature.TokenType == JsonTokenType.String && !signature.ValueSpan.IsEmpty);

    private void WriteTo(Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(_json, ContentHash.ReaderOptions);
        reader.Read();
        writer.WriteStartObject();
        while (reader.ReadMember())
        {
            bool isThinking = reader.ValueTextEquals("thinking"u8);
            bool isSignature = reader.ValueTextEquals("signature"u8);
            writer.WritePropertyName(reader.ValueSpan);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isThinking && reader.TokenType == JsonTokenType.String)
            {
                writer.WriteStringValue(reader.GetString() + Encoding.UTF8.GetString(Added));
            }
            else if (isSignature && _signature is not null)
            {
                writer.WriteStringValue(_signature);
            }
            else
            {
                writer.WriteRawValue(_json.AsSpan(start, (int)reader.BytesConsumed - start));
            }
        }

        if (_signature is not null && !TryFind("signature"u8, out _))
        {
            writer.WriteString("signature"u8, _signature);
        }

        writer.WriteEndObject();
    }
}
