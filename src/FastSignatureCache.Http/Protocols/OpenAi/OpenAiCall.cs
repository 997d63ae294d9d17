using System.Buffers;
using System.Text;
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

    /// <summary>Adds the piece of the arguments that the reader stands on, if it is one.</summary>
    public void AddArguments(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            // As it is escaped: a stream may cut between the two halves of a surrogate pair.
            _arguments.Write(reader.ValueSpan);
        }
    }

    /// <summary>What identifies the call besides its id.</summary>
    public UInt128 Identity(ContentHash hash)
    {
        UInt128 name = hash.Mix((byte)'"', hash.Text(Encoding.UTF8.GetBytes(Name ?? "")), 0);
        byte[] token = [(byte)'"', .. _arguments.WrittenSpan, (byte)'"'];
        var reader = new Utf8JsonReader(token);
        reader.Read();
        return hash.Call(name, hash.EmbeddedValue(ref reader));
    }
}
