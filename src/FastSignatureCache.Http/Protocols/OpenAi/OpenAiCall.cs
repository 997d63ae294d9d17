using System.Buffers;
using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>One tool call while its deltas arrive.</summary>
internal sealed class OpenAiCall(int? index, string? id)
{
    private readonly ArrayBufferWriter<byte> _arguments = new();
    private JoinedSignature _signature;

    public int? Index => index;

    public string? Id => id;

    public string? Name { get; set; }

    public ref JoinedSignature Signature => ref _signature;

    /// <summary>Adds the piece of the arguments that the reader stands on.</summary>
    public void AddArguments(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return;
        }

        if (reader.ValueIsEscaped)
        {
            _arguments.Advance(reader.CopyString(_arguments.GetSpan(reader.ValueSpan.Length)));
        }
        else
        {
            _arguments.Write(reader.ValueSpan);
        }
    }

    /// <summary>What identifies the call besides its id.</summary>
    public UInt128 Identity(ContentHash hash)
    {
        UInt128 name = hash.Mix((byte)'"', hash.Text(System.Text.Encoding.UTF8.GetBytes(Name ?? "")), 0);
        return hash.Call(name, hash.EmbeddedValue(_arguments.WrittenSpan));
    }
}
