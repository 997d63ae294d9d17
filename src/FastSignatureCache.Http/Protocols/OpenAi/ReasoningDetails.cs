using System.Text.Json;
using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>The <c>reasoning_details</c> of a message in a request, as OpenRouter writes them.</summary>
internal struct ReasoningDetails
{
    // More than one is rare, and most messages have none.
    private List<ReasoningDetail>? _own;

    /// <summary>Whether an encrypted entry is among them.</summary>
    public readonly bool IsSigned => _own is not null;

    /// <summary>Where an encrypted entry has something that only stands for a signature.</summary>
    public BodyEdit? Placeholder { get; private set; }

    /// <summary>Whether they are an array with no entry.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Offset of the array's closing bracket; 0 when they are no array.</summary>
    public int End { get; private set; }

    /// <summary>Offset of a value that is no array.</summary>
    public int Start { get; private set; }

    /// <summary>Length of a value that is no array; else 0.</summary>
    public int Length { get; private set; }

    /// <summary>The client's own signature of a call, or of the text where <paramref name="callId"/> is null; null when there is none.</summary>
    public readonly BodyEdit? Own(string? callId)
    {
        if (_own is null)
        {
            return null;
        }

        int own = _own.FindIndex(detail => detail.Id == callId);
        ReasoningDetail detail = _own[Math.Max(own, 0)];
        return OpenAiDialect.ReplaceSignature(detail.DataStart, detail.DataLength);
    }

    /// <summary>Reads the value of the member that the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Start = (int)reader.TokenStartIndex;
            reader.Skip();
            Length = (int)reader.BytesConsumed - Start;
            return;
        }

        IsEmpty = true;
        while (reader.ReadElement())
        {
            IsEmpty = false;
            ReasoningDetail detail = ReasoningDetail.Read(ref reader);
            if (detail.Data is null)
            {
                continue;
            }

            if (detail.Data.Length > 0 && !ThoughtSignature.IsPlaceholder(detail.Data))
            {
                (_own ??= []).Add(detail);
            }
            else
            {
                Placeholder = OpenAiDialect.ReplaceSignature(detail.DataStart, detail.DataLength);
            }
        }

        End = (int)reader.TokenStartIndex;
    }
}
