using System.Runtime.InteropServices;

namespace FastSignatureCache.Http.Conversations;

/// <summary>How often equal parts came: in the whole conversation, and in its current turn.</summary>
internal sealed class Occurrences
{
    private readonly Dictionary<UInt128, (int Total, int InTurn, int Turn)> _counts = [];
    private int _turn;

    public void BeginTurn() => _turn++;

    public void Add(UInt128 part)
    {
        ref (int Total, int InTurn, int Turn) count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, part, out _);
        count = (count.Total + 1, count.Turn == _turn ? count.InTurn + 1 : 1, _turn);
    }

    public int Of(UInt128 part) => _counts.GetValueOrDefault(part).Total;

    public int InTurnOf(UInt128 part) =>
        _counts.TryGetValue(part, out (int Total, int InTurn, int Turn) count) && count.Turn == _turn ? count.InTurn : 0;

    public void Clear()
    {
        _counts.Clear();
        _turn = 0;
    }
}
