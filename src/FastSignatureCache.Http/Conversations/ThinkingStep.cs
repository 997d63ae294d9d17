using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Conversations;

/// <summary>Where a request has one step of the model, and which thinking the client sent with it. Used again for other requests.</summary>
internal sealed class ThinkingStep
{
    /// <summary>The number of its first message.</summary>
    public int FirstEntry { get; private set; }

    /// <summary>The number of its last message.</summary>
    public int LastEntry { get; set; }

    /// <summary>Its content blocks but for thinking. Content that is one string is a block, and stands in no array.</summary>
    public List<(int Offset, bool IsInArray)> Blocks { get; } = [];

    /// <summary>The end of its first block, if that is a string, which has to become an array before thinking can go beside it; else 0.</summary>
    public int EndOfText { get; set; }

    /// <summary>Edits that remove the client's own thinking.</summary>
    public List<BodyEdit> Removals { get; } = [];

    /// <summary>Hash of the client's own thinking, 0 when there is none.</summary>
    public UInt128 OwnHash { get; set; }

    /// <summary>Whether a block of the client's own lacks its signature.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Hash of the thinking that goes upstream, 0 for none.</summary>
    public UInt128 Hash { get; set; }

    /// <summary>Whether thinking can go before a block.</summary>
    public bool HasRoomBefore(int block) => Blocks[block].IsInArray || (block == 0 && EndOfText > 0);

    public void Begin(int entry)
    {
        Blocks.Clear();
        Removals.Clear();
        FirstEntry = LastEntry = entry;
        EndOfText = 0;
        OwnHash = Hash = 0;
        IsIncomplete = false;
    }
}
