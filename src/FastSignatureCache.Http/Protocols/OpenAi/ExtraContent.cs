using System.Text.Json;
using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>
/// The <c>extra_content</c> of a tool call or a message in a request, <c>{"google":{"thought_signature":"..."}}</c>: what it
/// holds, and the smallest edit that puts a signature there when it holds none.
/// </summary>
internal ref struct ExtraContent(OpenAiDialect dialect)
{
    private BodyEdit? _edit;

    /// <summary>Whether it carries a signature of the client's own.</summary>
    public bool IsSigned { get; private set; }

    /// <summary>The edit, for an object that ends at <paramref name="end"/> if it has no <c>extra_content</c> at all.</summary>
    public readonly BodyEdit Edit(int end) => _edit ?? dialect.AddExtraContent(end);

    /// <summary>Reads the value of the member that the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            _edit = dialect.ReplaceExtraContent(start, (int)reader.BytesConsumed - start);
            return;
        }

        bool isEmpty = true;
        while (reader.ReadMember())
        {
            isEmpty = false;
            if (reader.ValueTextEquals("google"u8) || reader.ValueTextEquals("vertex"u8))
            {
                ReadVendor(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        _edit ??= dialect.AddVendor((int)reader.TokenStartIndex, isEmpty);
    }

    private void ReadVendor(ref Utf8JsonReader reader)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            _edit = dialect.ReplaceVendor(start, (int)reader.BytesConsumed - start);
            return;
        }

        bool isEmpty = true;
        BodyEdit? replacement = null;
        while (reader.ReadMember())
        {
            isEmpty = false;
            bool isSignature = reader.ValueTextEquals("thought_signature"u8);
            reader.Read();
            start = (int)reader.TokenStartIndex;
            IsSigned |= isSignature && reader.IsOwnSignature();
            reader.Skip();
            if (isSignature)
            {
                replacement = OpenAiDialect.ReplaceSignature(start, (int)reader.BytesConsumed - start);
            }
        }

        _edit = replacement ?? dialect.AddSignature((int)reader.TokenStartIndex, isEmpty);
    }
}
