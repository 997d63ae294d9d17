using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols;

/// <summary>
/// Gathers what a model said, and its signatures, from the objects of one answer: a single one, or those of a stream in order.
/// </summary>
internal abstract class ResponseReader(Transcript transcript)
{
    private readonly List<StepCapture> _steps = [];

    /// <summary>Whether every alternative seen so far has said that it is complete.</summary>
    public bool IsFinished => _steps.Count > 0 && _steps.TrueForAll(static step => step.IsFinished);

    /// <summary>How often content came after it was said to be complete; some upstreams say so in every event.</summary>
    public int Continuations => _steps.Sum(static step => step.Continuations);

    /// <summary>Reads one answer object.</summary>
    /// <exception cref="JsonException">It is malformed.</exception>
    public void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ContentHash.ReaderOptions);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.ReadElement())
            {
                ReadObject(ref reader, json);
            }
        }
        else
        {
            ReadObject(ref reader, json);
        }

        if (reader.Read())
        {
            throw new JsonException("An answer goes on after its end.");
        }
    }

    /// <summary>Keeps what was gathered. Call once, when the answer has ended cleanly.</summary>
    /// <returns>How many signatures were kept.</returns>
    public int Commit(ISignatureCache cache, string conversationId, string modelId)
    {
        int kept = 0;
        foreach (StepCapture step in _steps)
        {
            EndStep(step);
            kept += step.Commit(cache, conversationId, modelId);
        }

        return kept;
    }

    /// <summary>Reads one object of the answer, on whose first token the reader stands.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="json">What it reads.</param>
    protected abstract void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json);

    /// <summary>Called once for each alternative before it is committed.</summary>
    protected virtual void EndStep(StepCapture step)
    {
    }

    /// <summary>The alternative with this index; a missing or foolish index is the first one's.</summary>
    protected StepCapture Step(int index)
    {
        foreach (StepCapture step in _steps)
        {
            if (step.Index == index)
            {
                return step;
            }
        }

        var added = new StepCapture(index, transcript);
        _steps.Add(added);
        return added;
    }
}
