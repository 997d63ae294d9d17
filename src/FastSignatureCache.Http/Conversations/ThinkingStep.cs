using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Conversations;

/// <summary>Where a request has one step of the model, and which thinking the client sent with it.</summary>
internal sealed class ThinkingStep(int firstEntry)
{
    /// <summary>The number of its first message.</summary>
    public int FirstEntry => firstEntry;

    /// <summary>The number of its last message.</summary>
    public int LastEntry { get; set; }

    /// <summary>Offsets of its content blocks but for thinking. Of content that is one string: that of the string.</summary>
    public List<int> Blocks { get; } = [];

    /// <summary>The end of content that is one string, which has to become an array before a block can go beside it; else 0.</summary>
    public int EndOfText { get; set; }

    /// <summary>Edits that remove the client's own thinking.</summary>
    public List<BodyEdit> Removals { get; } = [];

    /// <summary>Hash of the client's own thinking, 0 when there is none.</summary>
    public UInt128 OwnHash { get; set; }

    /// <summary>Whether a block of the client's own lacks its signature.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Hash of the thinking that goes upstream, 0 for none.</summary>
    public UInt128 Hash { get; set; }
}
