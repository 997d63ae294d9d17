using System.IO.Hashing;
using System.Runtime.InteropServices;
using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// What a request body says of its conversation: who it is, what was said, and which signatures are missing where.
/// A protocol fills it entry by entry, in one pass over the body. Reused between requests; not thread-safe.
/// </summary>
internal sealed class Transcript(long seed)
{
    private const int MaxKeptTextHashes = 8;

    private readonly List<TranscriptPart> _parts = [];
    private readonly List<TranscriptPart> _laterParts = [];
    private readonly List<RestorableSignature> _missing = [];
    private readonly List<RestorableSignature> _missingInTurn = [];
    private readonly Occurrences _occurrences = new();
    private readonly XxHash128 _textRun = new(seed);

    // Of answers, each of whose alternatives has a text. They are large, so they are used again.
    private readonly List<XxHash128> _textHashes = [];
    private int _rentedTextHashes;
    private TranscriptState _state;
    private Role _role;
    private int _runLength;
    private RestorableSignature? _missingOnText;
    private bool _stepHasCall;
    private bool _stepHasSignedThought;
    private bool _stepHasSignedText;
    private bool _hasUser;

    public ContentHash Hash { get; } = new(seed);

    /// <summary>A hash of text that arrives in pieces, equal to that of the whole. It is the caller's until <see cref="Reset"/>.</summary>
    public XxHash128 RentTextHash()
    {
        if (_rentedTextHashes == _textHashes.Count)
        {
            _textHashes.Add(new XxHash128(seed));
        }

        return _textHashes[_rentedTextHashes++];
    }

    /// <summary>The model that the request asks for.</summary>
    public string? Model { get; set; }

    /// <summary>A conversation id that the body itself carries.</summary>
    public BodyConversationId ConversationId { get; } = new();

    /// <summary>Hash of the leading instructions.</summary>
    public UInt128 Instructions { get; private set; }

    /// <summary>Hash of the first thing the user said.</summary>
    public UInt128 Opening { get; private set; }

    /// <summary>The parts of the entry being read.</summary>
    public List<TranscriptPart> Parts => _parts;

    /// <summary>Where a protocol keeps parts that only the end of their entry completes.</summary>
    public List<TranscriptPart> LaterParts => _laterParts;

    /// <summary>What the request lacks, in the order of the body, once it is read to its end.</summary>
    public List<RestorableSignature> Missing => _missing;

    /// <summary>The state after all that was said.</summary>
    public TranscriptState State => _state;

    /// <summary>How often the model made each call and said each text so far.</summary>
    public Occurrences Occurrences => _occurrences;

    /// <summary>Adds instructions that stand outside of the entries.</summary>
    public void AddInstructions(UInt128 content) => Instructions = Hash.Mix((byte)'s', Instructions, content);

    /// <summary>Takes <see cref="Parts"/> as one entry of the conversation.</summary>
    public void EndEntry(Role role, ReadOnlySpan<byte> body)
    {
        if (role == Role.System && !_hasUser)
        {
            AddLeadingInstructions(body);
        }
        else
        {
            if (role != _role)
            {
                EndRole();
                _role = role;
            }

            if (role == Role.User && _parts.Exists(static part => part.Kind != PartKind.Result))
            {
                BeginTurn();
            }

            foreach (ref TranscriptPart part in CollectionsMarshal.AsSpan(_parts))
            {
                Append(part, body);
            }

            if (role == Role.User && !_hasUser)
            {
                EndTextRun();
                _hasUser = true;
                Opening = _state.FullTurn;
            }
        }

        _parts.Clear();
    }

    /// <summary>Ends the conversation. Nothing is missing for certain before this.</summary>
    public void End()
    {
        EndRole();
        _missing.AddRange(_missingInTurn);
        _missing.Sort(static (one, other) => one.Names[0].Edit.Offset.CompareTo(other.Names[0].Edit.Offset));
    }

    /// <summary>Makes this ready for another request.</summary>
    public void Reset()
    {
        _parts.Clear();
        _laterParts.Clear();
        _missing.Clear();
        _missingInTurn.Clear();
        _occurrences.Clear();
        _textRun.Reset();
        ReturnTextHashes();
        _state = default;
        _role = default;
        _runLength = 0;
        _missingOnText = null;
        _stepHasCall = _stepHasSignedThought = _stepHasSignedText = _hasUser = false;
        Model = null;
        ConversationId.Reset();
        Instructions = Opening = 0;
        Hash.Release();
    }

    private void ReturnTextHashes()
    {
        if (_textHashes.Count > MaxKeptTextHashes)
        {
            _textHashes.RemoveRange(MaxKeptTextHashes, _textHashes.Count - MaxKeptTextHashes);
        }

        _textHashes.ForEach(static hash => hash.Reset());
        _rentedTextHashes = 0;
    }

    private void AddLeadingInstructions(ReadOnlySpan<byte> body)
    {
        foreach (TranscriptPart part in _parts)
        {
            AddInstructions(part.Kind == PartKind.Text ? Hash.Text(TextOf(part, body)) : part.Hash);
        }
    }

    private void BeginTurn()
    {
        EndTextRun();
        _state.BeginTurn();
        _occurrences.BeginTurn();
        _missingInTurn.Clear();
    }

    private void Append(in TranscriptPart part, ReadOnlySpan<byte> body)
    {
        switch (part.Kind)
        {
            case PartKind.Text when _role == Role.Tool:
                _state.Append(Hash, _role, PartKind.Result, Hash.Text(TextOf(part, body)));
                return;
            case PartKind.Text:
                AppendText(part, body);
                return;
            case PartKind.Thought:
                _stepHasSignedThought |= part.IsSigned;
                return;
            case PartKind.Call:
                EndTextRun();
                AppendCall(part);
                return;
            default:
                EndTextRun();
                AppendOther(part);
                return;
        }
    }

    private void AppendOther(in TranscriptPart part)
    {
        _missingOnText = null;
        if (_role == Role.Model && !part.IsSigned && part.SignHere.Prefix is not null)
        {
            _missing.Add(new RestorableSignature(Names(Reference(part.Kind, part.Hash), part.SignHere)));
        }

        _state.Append(Hash, _role, part.Kind, part.Hash);
        if (_role == Role.Model)
        {
            _occurrences.Add(part.Hash);
        }
    }

    private void AppendText(in TranscriptPart part, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> text = TextOf(part, body);
        _textRun.Append(text);
        _runLength += text.Length;
        if (part.IsSigned)
        {
            // Whichever of several text parts the provider signed, the client has kept it.
            _stepHasSignedText = true;
            _missingOnText = null;
        }
        else if (_role == Role.Model && !text.IsEmpty && !_stepHasSignedText && !_stepHasSignedThought)
        {
            _missingOnText = MissingOnText(part, text.Length);
        }
    }

    private RestorableSignature MissingOnText(in TranscriptPart part, int length)
    {
        UInt128 run = _textRun.GetCurrentHashAsUInt128();
        RestorableName[] itself = Names(Reference(PartKind.Text, run, part.SignAfter is null ? _runLength : length), part.SignHere);
        return new RestorableSignature(
            part.SignAfter is { } after ? [.. itself, .. Names(Reference(PartKind.Text, run), after)] : itself);
    }

    private void AppendCall(in TranscriptPart part)
    {
        _missingOnText = null;
        // Of parallel calls only the first is signed.
        if (_role == Role.Model && !_stepHasCall)
        {
            _stepHasCall = true;
            if (!part.IsSigned && !_stepHasSignedThought)
            {
                _missingInTurn.Add(MissingOnCall(part));
            }
        }

        _state.Append(Hash, _role, PartKind.Call, part.Hash);
        _occurrences.Add(part.Hash);
        if (part.CallId is not null)
        {
            _occurrences.Add(Hash.CallId(part.CallId));
        }
    }

    private RestorableSignature MissingOnCall(in TranscriptPart part)
    {
        PartReference byContent = Reference(PartKind.Call, part.Hash);
        if (part.CallId is null)
        {
            return new RestorableSignature(Names(byContent, part.SignHere));
        }

        PartReference byId = PartReference.OfCallId(part.CallId, part.Hash, _state, _occurrences, Hash);
        // The id may be the client's own. But an id that isn't known and contradicts what is must not be overruled by a lone
        // candidate: only what stood before the call may.
        PartReference agreeing = byContent with { Context = byContent.Context with { Occurrence = -1 } };
        RestorableName[] names = Names(agreeing, part.SignHere);
        return new RestorableSignature([names[0], new RestorableName(byId, part.SignHere), names[1]]);
    }

    private static RestorableName[] Names(PartReference part, BodyEdit edit) =>
        [new RestorableName(part.AfterHistory(), edit), new RestorableName(part.WithEditedHistory(), edit)];

    private PartReference Reference(PartKind kind, UInt128 content, int signedLength = 0) => new(
        PartId.Of(kind, content, _occurrences.InTurnOf(content), signedLength),
        new SignatureContext(_state.History, _state.Turn, _occurrences.Of(content)));

    private void EndRole()
    {
        EndTextRun();
        if (_role == Role.Model && _missingOnText is { } missing)
        {
            _missing.Add(missing);
        }

        _missingOnText = null;
        _stepHasCall = _stepHasSignedThought = _stepHasSignedText = false;
    }

    private void EndTextRun()
    {
        if (_runLength == 0)
        {
            return;
        }

        UInt128 text = _textRun.GetCurrentHashAsUInt128();
        _textRun.Reset();
        _runLength = 0;
        _state.Append(Hash, _role, PartKind.Text, text);
        if (_role == Role.Model)
        {
            _occurrences.Add(text);
        }
    }

    private ReadOnlySpan<byte> TextOf(in TranscriptPart part, ReadOnlySpan<byte> body) =>
        Hash.Unescape(body.Slice(part.TextStart, part.TextLength));
}
