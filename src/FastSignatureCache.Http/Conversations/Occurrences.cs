using System.Runtime.InteropServices;

namespace FastSignatureCache.Http.Conversations;

/// <summary>How often equal parts came in the current turn.</summary>
internal sealed class Occurrences
{
    private readonly Dictionary<UInt128, (int Count, int Turn)> _counts = [];
    private int _turn;

    public void BeginTurn() => _turn++;

    public void Add(UInt128 part)
    {
        ref (int Count, int Turn) last = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, part, out _);
        last = (last.Turn == _turn ? last.Count + 1 : 1, _turn);
    }

    public int InTurnOf(UInt128 part) =>
        _counts.TryGetValue(part, out (int Count, int Turn) last) && last.Turn == _turn ? last.Count : 0;

    public void Clear()
    {
        _counts.Clear();
        _turn = 0;
    }
}
