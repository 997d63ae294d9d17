using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache.Eviction;

/// <summary>
/// Two doubly linked lists of slots in one array, linked by index. A slot is in one list at most. Every operation is O(1) and, but
/// for the array's growth, allocates nothing; not thread-safe.
/// </summary>
/// <remarks>
/// The links stand apart from the slots: a writer that moves a slot must not take its neighbours' cache lines away from readers.
/// </remarks>
internal sealed class SlotLists
{
    /// <summary>How many lists there are; they have the numbers from 0 on.</summary>
    public const int Lists = 2;

    private const int InitialLength = 64;

    private readonly int _maxLength;

    // The first node of each list is its end mark: newest and oldest hang on its two sides.
    private Node[] _nodes;
    private int _used;
    private int _free;

    /// <param name="capacity">The most slots in all lists together.</param>
    public SlotLists(int capacity)
    {
        _maxLength = Lists + capacity;
        Clear();
    }

    /// <summary>The oldest slot of a list, or null.</summary>
    public Slot? Oldest(int list) => _nodes[_nodes[list].Newer].Slot;

    /// <summary>Takes in a slot that is in no list.</summary>
    public void AddNewest(int list, Slot slot)
    {
        slot.Position = Allocate();
        _nodes[slot.Position].Slot = slot;
        Link(list, slot.Position);
    }

    /// <summary>Makes a slot the newest of a list, whichever it was in.</summary>
    public void MoveToNewest(int list, Slot slot)
    {
        Unlink(slot.Position);
        Link(list, slot.Position);
    }

    /// <summary>Takes a slot out.</summary>
    public void Remove(Slot slot)
    {
        Unlink(slot.Position);
        _nodes[slot.Position] = new Node { Newer = _free };
        _free = slot.Position;
    }

    /// <summary>Which list a slot is in.</summary>
    public int ListOf(Slot slot) => _nodes[slot.Position].List;

    public IEnumerable<Slot> OldestFirst(int list)
    {
        for (var at = _nodes[list].Newer; at != list; at = _nodes[at].Newer)
        {
            yield return _nodes[at].Slot!;
        }
    }

    /// <summary>The other way round, by the other links: for integrity checks.</summary>
    internal IEnumerable<Slot> NewestFirst(int list)
    {
        for (var at = _nodes[list].Older; at != list; at = _nodes[at].Older)
        {
            yield return _nodes[at].Slot!;
        }
    }

    [MemberNotNull(nameof(_nodes))]
    public void Clear()
    {
        _nodes = new Node[Math.Min(_maxLength, InitialLength)];
        for (var list = 0; list < Lists; list++)
        {
            _nodes[list] = new Node { Newer = list, Older = list, List = list };
        }

        _used = Lists;
        _free = 0;
    }

    private void Link(int list, int at)
    {
        ref var node = ref _nodes[at];
        ref var end = ref _nodes[list];
        node.List = list;
        node.Newer = list;
        node.Older = end.Older;
        _nodes[end.Older].Newer = at;
        end.Older = at;
    }

    private void Unlink(int at)
    {
        var node = _nodes[at];
        _nodes[node.Newer].Older = node.Older;
        _nodes[node.Older].Newer = node.Newer;
    }

    // 0 is an end mark, so it also stands for no free node.
    private int Allocate()
    {
        if (_free != 0)
        {
            var free = _free;
            _free = _nodes[free].Newer;
            return free;
        }

        if (_used == _nodes.Length)
        {
            Array.Resize(ref _nodes, (int)Math.Min(_maxLength, 2L * _nodes.Length));
        }

        return _used++;
    }

    private struct Node
    {
        public Slot? Slot;
        public int Newer;
        public int Older;
        public int List;
    }
}
