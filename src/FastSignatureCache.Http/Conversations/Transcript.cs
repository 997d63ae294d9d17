using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// What a request body says of its conversation: who it is, what was said, and where signatures stand or are missing.
/// A protocol fills it entry by entry, in one pass over the body. Reused between requests; not thread-safe.
/// </summary>
internal sealed class Transcript(long seed)
{
    private const int MaxKeptTextHashes = 8;

    private readonly List<TranscriptPart> _parts = [];
    private readonly List<TranscriptPart> _laterParts = [];
    private readonly List<SignaturePlace> _places = [];
    private readonly Occurrences _occurrences = new();
    private readonly XxHash128 _textRun = new(seed);

    // Of answers, each of whose alternatives has a text. They are large, so they are used again.
    private readonly List<XxHash128> _textHashes = [];
    private int _rentedTextHashes;
    private TranscriptState _state;
    private Role _role;
    private int _runLength;
    private SignaturePlace? _placeOnText;
    private int _turnStart;
    private int _entry;
    private int _position;
    private int _step;
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

    /// <summary>Where signatures stand or may have to, in the order of the body, once it is read to its end.</summary>
    public List<SignaturePlace> Places => _places;

    /// <summary>
    /// Whether this protocol signs a step as a whole, its thinking, and wants it back in earlier turns too. Set before the first entry.
    /// </summary>
    public bool SignsThinking { get; set; }

    /// <summary>Whether the upstream takes and gives signatures at all: none where thinking is signed and the model does not think.</summary>
    public bool TakesSignatures => !SignsThinking || Thinking.IsOn;

    /// <summary>The thinking of each of the model's steps, for protocols that sign it.</summary>
    public ThinkingHistory Thinking { get; } = new();

    /// <summary>Hash of what is the same for the whole request and belongs before all of its history.</summary>
    public ulong Prefix => (ulong)(SignsThinking ? Hash.Mix((byte)'t', Instructions, Tools) : Instructions);

    /// <summary>Hash of the declared tools; 0 where the protocol binds nothing to them.</summary>
    public UInt128 Tools { get; set; }

    /// <summary>The state after all that was said.</summary>
    public TranscriptState State => _state;

    /// <summary>How often the model made each call and said each text in the turn so far.</summary>
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
            // Where tool results have entries of their own, upstreams count those that follow one another as one.
            _entry += role == Role.Tool && _role == Role.Tool ? 0 : 1;
            _position = 0;
            if (role != _role)
            {
                EndRole();
                _role = role;
                _step += role == Role.Model ? 1 : 0;
            }

            if (role == Role.User && BeginsTurn())
            {
                BeginTurn();
            }

            foreach (ref TranscriptPart part in CollectionsMarshal.AsSpan(_parts))
            {
                Append(part, body);
                _position++;
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
        _places.Sort(static (one, other) => one.SignHere.Offset.CompareTo(other.SignHere.Offset));
    }

    /// <summary>Makes this ready for another request.</summary>
    public void Reset()
    {
        _parts.Clear();
        _laterParts.Clear();
        _places.Clear();
        _turnStart = _entry = _position = _step = 0;
        _occurrences.Clear();
        _textRun.Reset();
        ReturnTextHashes();
        _state = default;
        _role = default;
        _runLength = 0;
        _placeOnText = null;
        _stepHasCall = _stepHasSignedThought = _stepHasSignedText = _hasUser = false;
        Model = null;
        ConversationId.Reset();
        Instructions = Opening = Tools = 0;
        SignsThinking = false;
        Thinking.Clear();
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

    // Where thinking is signed a word beside the results of calls belongs to them: what counts is the last set of calls and results.
    private bool BeginsTurn() => SignsThinking
        ? _parts.Count > 0 && !_parts.Exists(static part => part.Kind == PartKind.Result)
        : _parts.Exists(static part => part.Kind != PartKind.Result);

    private void BeginTurn()
    {
        EndTextRun();
        _state.BeginTurn();
        _occurrences.BeginTurn();
        EndTurnOfPlaces();
    }

    /// <summary>Providers ask for the signatures of calls in the current turn only.</summary>
    private void EndTurnOfPlaces()
    {
        int kept = _turnStart;
        for (int i = _turnStart; i < _places.Count; i++)
        {
            SignaturePlace place = _places[i];
            if (place.IsSigned || SignsThinking || !place.IsFirstCall)
            {
                _places[kept++] = place with { IsInTurn = false };
            }
        }

        _places.RemoveRange(kept, _places.Count - kept);
        _turnStart = kept;
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
                AppendThought(part);
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

    private void AppendThought(in TranscriptPart part)
    {
        _stepHasSignedThought |= part.IsSigned;
        if (part.IsSigned && part.SignHere.Prefix is not null)
        {
            _places.Add(Place(part, Reference(PartKind.Thought, 0)));
        }
    }

    private void AppendOther(in TranscriptPart part)
    {
        _placeOnText = null;
        if (_role == Role.Model && part.SignHere.Prefix is not null)
        {
            _places.Add(Place(part, Reference(part.Kind, part.Hash)));
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
        if (SignsThinking)
        {
            if (_role == Role.Model && !text.IsEmpty && !_stepHasCall)
            {
                PartReference run = Reference(PartKind.Text, _textRun.GetCurrentHashAsUInt128());
                _placeOnText = Place(part, run) with { IsSigned = _stepHasSignedThought };
            }
        }
        else if (part.IsSigned)
        {
            // Whichever of several text parts the provider signed, the client has kept it.
            _stepHasSignedText = true;
            _placeOnText = null;
            if (_role == Role.Model)
            {
                _places.Add(PlaceOnText(part, text.Length));
            }
        }
        else if (_role == Role.Model && !text.IsEmpty && !_stepHasSignedText && !_stepHasSignedThought)
        {
            _placeOnText = PlaceOnText(part, text.Length);
        }
    }

    private SignaturePlace PlaceOnText(in TranscriptPart part, int length) => Place(
        part, Reference(PartKind.Text, _textRun.GetCurrentHashAsUInt128(), part.SignAfter is null ? _runLength : length));

    private void AppendCall(in TranscriptPart part)
    {
        _placeOnText = null;
        if (_role == Role.Model)
        {
            // Of parallel calls only the first is signed.
            bool isFirst = !_stepHasCall;
            _stepHasCall = true;
            if (isFirst || part.IsSigned)
            {
                AddPlaceOnCall(part, isFirst);
            }
        }

        _state.Append(Hash, _role, PartKind.Call, part.Hash);
        _occurrences.Add(part.Hash);
        if (part.CallId is not null)
        {
            _occurrences.Add(Hash.CallId(part.CallId));
        }
    }

    private void AddPlaceOnCall(in TranscriptPart part, bool isFirst) => _places.Add(Place(part, Reference(PartKind.Call, part.Hash)) with
    {
        ById = part.CallId is null ? null : PartReference.OfCallId(part.CallId, part.Hash, _state, _occurrences, Hash),
        IsSigned = part.IsSigned || (isFirst && _stepHasSignedThought),
        IsFirstCall = isFirst,
    });

    private SignaturePlace Place(in TranscriptPart part, in PartReference reference) => new()
    {
        Part = reference,
        SignHere = part.SignHere,
        SignAfter = part.Kind == PartKind.Text ? part.SignAfter : null,
        IsSigned = part.IsSigned,
        IsInTurn = true,
        Entry = _entry - 1,
        Position = _position,
        Step = _step - 1,
    };

    private PartReference Reference(PartKind kind, UInt128 content, int signedLength = 0) => new(
        kind,
        content,
        null,
        _occurrences.InTurnOf(content),
        signedLength,
        new SignatureContext(_state.History, _state.Turn, PartReference.NoOccurrence));

    private void EndRole()
    {
        EndTextRun();
        if (_role == Role.Model && _placeOnText is { } place)
        {
            _places.Add(place);
        }

        _placeOnText = null;
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
