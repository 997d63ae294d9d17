using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Restoration;

namespace FastSignatureCache.Http.Protocols.Anthropic;

/// <summary>Edits bodies in which whole blocks of thinking are signed.</summary>
internal sealed class ThinkingEditor : IPlaceEditor
{
    private static readonly byte[] Comma = ","u8.ToArray();
    private static readonly byte[] BeginOfContent = "["u8.ToArray();
    private static readonly byte[] BeginOfText = ",{\"type\":\"text\",\"text\":"u8.ToArray();
    private static readonly byte[] EndOfContent = "}]"u8.ToArray();

    /// <summary>A block can be bound to the thinking before it.</summary>
    public bool DistrustsLater => true;

    public bool Restore(RequestRestoration request, in SignaturePlace place, in RestoredSignature found)
    {
        ThinkingHistory thinking = request.Transcript.Thinking;
        ThinkingStep step = thinking.Steps[place.Step];
        if (ThinkingBlocks.TryUnpack(found.Signature) is not { } kept || !Fits(kept, step))
        {
            return false;
        }

        AddRemovals(request, step);
        foreach ((int block, ReadOnlyMemory<byte> blocks) in kept.Runs)
        {
            request.Insertions.Add(new Insertion(EditAt(step, block), blocks));
        }

        if (step.EndOfText > 0 && kept.Runs[0].Block == 0)
        {
            request.Insertions.Add(new Insertion(new BodyEdit(step.EndOfText, 0, EndOfContent, []), default(ReadOnlyMemory<byte>)));
        }

        thinking.Set(place.Step, kept.Hash(request.Transcript.Hash));
        return true;
    }

    public bool Substitute(RequestRestoration request, in SignaturePlace place)
    {
        ThinkingHistory thinking = request.Transcript.Thinking;
        ThinkingStep step = thinking.Steps[place.Step];
        AddRemovals(request, step);
        thinking.Set(place.Step, 0);
        return TurnOff(request, place) || step.Removals.Count > 0;
    }

    public UInt128 OwnHash(RequestRestoration request, in SignaturePlace place) => request.Transcript.Thinking.Steps[place.Step].OwnHash;

    public UInt128 HashOf(RequestRestoration request, CachedSignature signature) =>
        ThinkingBlocks.TryUnpack(signature)?.Hash(request.Transcript.Hash) ?? 0;

    public bool IsRequired(RequestRestoration request, in SignaturePlace place) =>
        request.Policy.CheckedParts.HasFlag(CheckedParts.Thinking) && place is { IsFirstCall: true, IsInTurn: true };

    public bool IsAt(RequestRestoration request, in SignaturePlace place, int entry)
    {
        ThinkingStep step = request.Transcript.Thinking.Steps[place.Step];
        return entry >= step.FirstEntry && entry <= step.LastEntry;
    }

    private static void AddRemovals(RequestRestoration request, ThinkingStep step) =>
        request.Insertions.AddRange(step.Removals.Select(static removal => new Insertion(removal, default(ReadOnlyMemory<byte>))));

    /// <summary>A turn with calls that lacks its thinking is only accepted from a model that does not think.</summary>
    private bool TurnOff(RequestRestoration request, in SignaturePlace place)
    {
        BodyEdit turnOff = request.Transcript.Thinking.TurnOff;
        if (!IsRequired(request, place) || turnOff.Prefix is null)
        {
            return false;
        }

        if (!request.Insertions.Exists(insertion => insertion.Edit.Offset == turnOff.Offset))
        {
            request.Insertions.Add(new Insertion(turnOff, default(ReadOnlyMemory<byte>)));
        }

        return true;
    }

    /// <summary>Whether it is clear where all blocks go. A step in several messages may have got more than it was issued with.</summary>
    private static bool Fits(ThinkingBlocks kept, ThinkingStep step) =>
        step.Blocks.Count > 0
        && (kept.Others == step.Blocks.Count || (kept.IsOnlyAtBegin && step.FirstEntry == step.LastEntry))
        && kept.Runs.All(run => step.HasRoomBefore(run.Block));

    private static BodyEdit EditAt(ThinkingStep step, int block) => step.Blocks[block].IsInArray
        ? new BodyEdit(step.Blocks[block].Offset, 0, [], Comma)
        : new BodyEdit(step.Blocks[block].Offset, 0, BeginOfContent, BeginOfText);
}
