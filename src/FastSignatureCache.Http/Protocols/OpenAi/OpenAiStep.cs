using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>The tool calls and signatures of one choice while its deltas arrive.</summary>
internal sealed class OpenAiStep(StepCapture step)
{
    private readonly List<OpenAiCall> _calls = [];
    private readonly List<(string? Id, JoinedSignature Data)> _details = [];
    private JoinedSignature _signature;

    /// <summary>What they are handed over to once the choice is complete.</summary>
    public StepCapture Step => step;

    /// <summary>The signature that stands on the message itself.</summary>
    public ref JoinedSignature Signature => ref _signature;

    /// <summary>
    /// The call that a delta belongs to: by index, else by id, else the last one unless the delta brings a name, which comes but
    /// once. Gemini's endpoint may leave out the index, and sends the id with the first delta of a call only.
    /// </summary>
    public OpenAiCall Call(int? index, string? id, string? name)
    {
        OpenAiCall? call = index is not null
            ? _calls.Find(known => known.Index == index && (id is null || known.Id is null || known.Id == id))
            : id is not null ? _calls.Find(known => known.Id == id)
            : name is null || _calls.Count > 0 && _calls[^1].Name is null ? _calls.LastOrDefault()
            : null;
        if (call is null)
        {
            _calls.Add(call = new OpenAiCall(index, id));
        }

        return call;
    }

    /// <summary>Adds a piece of <c>reasoning_details</c>; pieces with the same id are one signature.</summary>
    public void AddDetail(ReasoningDetail detail)
    {
        if (detail.Data is null)
        {
            return;
        }

        int known = _details.FindIndex(entry => entry.Id == detail.Id);
        (string? Id, JoinedSignature Data) entry = known < 0 ? (detail.Id, default) : _details[known];
        entry.Data.Add(detail.Data);
        if (known < 0)
        {
            _details.Add(entry);
        }
        else
        {
            _details[known] = entry;
        }
    }

    /// <summary>Hands everything over.</summary>
    public void Complete(ContentHash hash)
    {
        foreach ((string? id, JoinedSignature data) in _details)
        {
            OpenAiCall? call = _calls.Find(known => known.Id == id);
            if (call is not null)
            {
                call.Signature.Add(data.Value);
            }
            else
            {
                _signature.Add(data.Value);
            }
        }

        // A message with text is signed for its text, which comes before the calls.
        string? ofMessage = _signature.Value;
        bool isOfText = ofMessage is not null && step.HasText;
        if (isOfText)
        {
            step.SignText(ofMessage!);
        }

        foreach (OpenAiCall call in _calls)
        {
            step.AddCall(call.Identity(hash), call.Id, call.Signature.Value);
        }

        if (ofMessage is not null && !isOfText)
        {
            step.AddSignature(ofMessage);
        }
    }
}
