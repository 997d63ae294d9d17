using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// The thinking of the model's steps, for protocols in which a step's signature may be bound to all thinking before it: a running
/// hash of what goes upstream, whether the client sent it or it was put back. Not thread-safe.
/// </summary>
internal sealed class ThinkingHistory
{
    private const int MaxSpare = 64;

    private readonly Stack<ThinkingStep> _spare = [];
    private int _hashed;
    private UInt128 _hash;

    /// <summary>The steps in order; none where the protocol has no such thing.</summary>
    public List<ThinkingStep> Steps { get; } = [];

    /// <summary>Whether the request asks the model to think.</summary>
    public bool IsOn { get; set; }

    /// <summary>Where the request says whether the model thinks, to be told that it does not.</summary>
    public BodyEdit TurnOff { get; set; }

    /// <summary>Adds a step that begins with the message of this number.</summary>
    public void Begin(int entry)
    {
        if (!_spare.TryPop(out ThinkingStep? step))
        {
            step = new ThinkingStep();
        }

        step.Begin(entry);
        Steps.Add(step);
    }

    /// <summary>Says which thinking of a step goes upstream.</summary>
    /// <param name="step">The number of the step.</param>
    /// <param name="hash">Its hash, 0 for none.</param>
    public void Set(int step, UInt128 hash)
    {
        Steps[step].Hash = hash;
        if (step < _hashed)
        {
            (_hashed, _hash) = (0, 0);
        }
    }

    /// <summary>Hash of what stands before the history of a step and belongs to it: the request's prefix and all earlier thinking.</summary>
    public ulong PrefixBefore(int step, Transcript transcript)
    {
        if (step < _hashed)
        {
            (_hashed, _hash) = (0, 0);
        }

        for (; _hashed < Math.Min(step, Steps.Count); _hashed++)
        {
            if (Steps[_hashed].Hash != 0)
            {
                _hash = transcript.Hash.Mix((byte)'t', _hash, Steps[_hashed].Hash);
            }
        }

        return transcript.Prefix ^ (ulong)_hash;
    }

    public void Clear()
    {
        for (int i = 0; i < Steps.Count && _spare.Count < MaxSpare; i++)
        {
            _spare.Push(Steps[i]);
        }

        Steps.Clear();
        IsOn = false;
        TurnOff = default;
        (_hashed, _hash) = (0, 0);
    }
}
