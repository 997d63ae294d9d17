using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// One step of the model while it arrives: its parts in order, and which signature belongs to which. A signature can come
/// beside its part, on a thought before it, or in a piece of its own after it.
/// </summary>
internal sealed class StepCapture(int index, Transcript transcript)
{
    // Most steps are one text or one call.
    private readonly List<CapturedPart> _parts = new(1);

    private XxHash128? _textRun;
    private int _runLength;
    private int _signedLength;
    private string? _runSignature;
    private string? _unplaced;

    /// <summary>Which of several alternatives this is.</summary>
    public int Index => index;

    /// <summary>Whether the provider said that the step is complete.</summary>
    public bool IsFinished { get; set; }

    /// <summary>Whether there was text since the last call.</summary>
    public bool HasText => _runLength > 0;

    /// <summary>How often content came for the step after it was said to be complete.</summary>
    public int Continuations { get; private set; }

    /// <summary>A piece of text; pieces that follow one another are one text.</summary>
    public void AddText(ReadOnlySpan<byte> utf8, string? signature)
    {
        if (utf8.IsEmpty)
        {
            if (signature is not null)
            {
                AddSignature(signature);
            }

            return;
        }

        Continue();
        (_textRun ??= transcript.RentTextHash()).Append(utf8);
        _runLength += utf8.Length;
        // A signature stays with the text only if its piece is the last one: which of several it stood on can't be told later.
        _runSignature = signature;
        _signedLength = utf8.Length;
    }

    /// <summary>Says that content of the step has come.</summary>
    public void Continue() => Continuations += IsFinished ? 1 : 0;

    /// <summary>The signature of all of the text so far.</summary>
    public void SignText(string signature)
    {
        _runSignature = signature;
        _signedLength = _runLength;
    }

    /// <summary>Signs the step as a whole: its first call, or else the last of its texts. One that has neither could not be recognised.</summary>
    public void SignStep(string signature)
    {
        EndTextRun();
        int part = FirstCall() is >= 0 and int call ? call : _parts.FindLastIndex(static part => part.Kind == PartKind.Text);
        if (part >= 0)
        {
            ref CapturedPart signed = ref CollectionsMarshal.AsSpan(_parts)[part];
            signed.Signature = signature;
            // It stands on no piece of a text.
            signed.SignedLength = 0;
        }
    }

    /// <summary>A signature with no content of its own: on a thought, or in a piece that holds nothing else.</summary>
    public void AddSignature(string signature)
    {
        // After a call it is that of the step's first call; before any, that of the call to come, or of the text it follows.
        if (FirstCall() is >= 0 and int call && _parts[call].Signature is null)
        {
            CollectionsMarshal.AsSpan(_parts)[call].Signature = signature;
        }
        else
        {
            _unplaced = signature;
            if (_runLength > 0 && _runSignature is null)
            {
                _runSignature = signature;
                _signedLength = 0;
            }
        }
    }

    /// <summary>A call.</summary>
    public void AddCall(UInt128 call, string? callId, string? signature)
    {
        Continue();
        if (signature is null && FirstCall() < 0 && _unplaced is not null)
        {
            signature = _unplaced;
            _runSignature = _signedLength == 0 ? null : _runSignature;
        }

        _unplaced = null;
        EndTextRun();

        _parts.Add(new CapturedPart { Kind = PartKind.Call, Hash = call, CallId = callId, Signature = signature });
    }

    /// <summary>Anything else that counts as content, such as an image.</summary>
    public void AddOther(UInt128 content, string? signature)
    {
        Continue();
        EndTextRun();
        _parts.Add(new CapturedPart { Kind = PartKind.Other, Hash = content, Signature = signature });
    }

    /// <summary>Puts the step's signatures under all names that its parts may come back by.</summary>
    /// <returns>How many parts had a signature that was kept.</returns>
    public int Commit(ISignatureCache cache, string conversationId, string modelId)
    {
        EndTextRun();
        TranscriptState state = transcript.State;
        ulong prefix = transcript.Thinking.PrefixBefore(transcript.Thinking.Steps.Count, transcript);
        int kept = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            CapturedPart part = _parts[i];
            if (part.Signature is { } signature && Keep(part, state, i, signature))
            {
                kept++;
            }

            state.Append(transcript.Hash, Role.Model, part.Kind, part.Hash);
        }

        return kept;

        bool Keep(in CapturedPart part, in TranscriptState before, int position, string signature)
        {
            // Equal calls of this step count too; their ids are different.
            int earlier = transcript.Occurrences.InTurnOf(part.Hash) + EqualPartsBefore(position);
            var byContent = new PartReference(
                part.Kind,
                part.Hash,
                null,
                earlier,
                part.SignedLength,
                new SignatureContext(before.History, before.Turn, PartReference.OccurrenceOfId(part.CallId, transcript.Hash)));
            ContextualKey afterHistory = Key(byContent.AfterHistory());
            ContextualKey anywhere = Key(byContent);
            return part.CallId is { } callId
                ? cache.Put(
                    [
                        afterHistory,
                        Key(PartReference.OfCallId(callId, part.Hash, before, transcript.Occurrences, transcript.Hash)),
                        anywhere,
                    ],
                    signature)
                : cache.Put([afterHistory, anywhere], signature);
        }

        ContextualKey Key(in PartReference part) => part.In(conversationId, modelId, prefix, transcript.Instructions);
    }

    private int FirstCall() => _parts.FindIndex(static part => part.Kind == PartKind.Call);

    private int EqualPartsBefore(int position)
    {
        int equal = 0;
        for (int i = 0; i < position; i++)
        {
            equal += _parts[i].Hash == _parts[position].Hash ? 1 : 0;
        }

        return equal;
    }

    private void EndTextRun()
    {
        if (_runLength == 0 || _textRun is null)
        {
            return;
        }

        _parts.Add(new CapturedPart
        {
            Kind = PartKind.Text,
            Hash = _textRun.GetCurrentHashAsUInt128(),
            SignedLength = _signedLength,
            Signature = _runSignature,
        });
        _textRun.Reset();
        _runLength = _signedLength = 0;
        _runSignature = null;
    }
}
