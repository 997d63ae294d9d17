using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache.Eviction;

/// <summary>
/// Two doubly linked lists of keys, by their hashes, in one array that is linked by index. Every operation is O(1) and, but for the
/// array's growth, allocates nothing; not thread-safe.
/// </summary>
/// <remarks>
/// The links stand apart from the entries: a writer that moves a key must not take its neighbours' cache lines away from readers.
/// And there are hashes in it, no references, so that an entry can be replaced without coming here, and the GC has nothing to look for.
/// </remarks>
internal sealed class RecencyLists
{
    /// <summary>How many lists there are; they have the numbers from 0 on.</summary>
    public const int Lists = 2;

    private const int InitialLength = 64;

    private readonly int _maxLength;

    // The first node of each list is its end mark: newest and oldest hang on its two sides.
    private Node[] _nodes;
    private int _used;
    private int _free;

    /// <param name="capacity">The most keys in all lists together.</param>
    public RecencyLists(int capacity)
    {
        _maxLength = Lists + capacity;
        Clear();
    }

    public bool IsEmpty(int list) => _nodes[list].Newer == list;

    /// <summary>The hash of a list's oldest key. There must be one.</summary>
    public ulong OldestOf(int list) => _nodes[_nodes[list].Newer].Hash;

    /// <summary>Makes sure that there is room for one more key, so that adding it cannot fail.</summary>
    public void Reserve()
    {
        if (_free == 0 && _used == _nodes.Length)
        {
            Array.Resize(ref _nodes, (int)Math.Min(_maxLength, 2L * _nodes.Length));
        }
    }

    /// <summary>Takes in a key as the newest of a list. There must be room, see <see cref="Reserve"/>.</summary>
    /// <returns>Its position, which it keeps until it is removed.</returns>
    public int Add(int list, ulong hash)
    {
        var position = Allocate();
        _nodes[position].Hash = hash;
        Link(list, position);
        return position;
    }

    /// <summary>Takes in a key as the oldest of a list. There must be room, see <see cref="Reserve"/>.</summary>
    /// <returns>Its position, which it keeps until it is removed.</returns>
    public int AddOldest(int list, ulong hash)
    {
        var position = Allocate();
        _nodes[position] = new Node { Hash = hash, List = list, Older = list, Newer = _nodes[list].Newer };
        _nodes[_nodes[list].Newer].Older = position;
        _nodes[list].Newer = position;
        return position;
    }

    /// <summary>Makes a key the newest of a list, whichever it was in.</summary>
    public void MoveToNewest(int list, int position)
    {
        Unlink(position);
        Link(list, position);
    }

    /// <summary>Takes a key out.</summary>
    public void Remove(int position)
    {
        Unlink(position);
        _nodes[position] = new Node { Newer = _free };
        _free = position;
    }

    /// <summary>Which list a key is in.</summary>
    public int ListOf(int position) => _nodes[position].List;

    public IEnumerable<ulong> OldestFirst(int list)
    {
        for (var at = _nodes[list].Newer; at != list; at = _nodes[at].Newer)
        {
            yield return _nodes[at].Hash;
        }
    }

    /// <summary>The other way round, by the other links: for integrity checks.</summary>
    internal IEnumerable<ulong> NewestFirst(int list)
    {
        for (var at = _nodes[list].Older; at != list; at = _nodes[at].Older)
        {
            yield return _nodes[at].Hash;
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

    private void Link(int list, int position)
    {
        ref var node = ref _nodes[position];
        ref var end = ref _nodes[list];
        node.List = list;
        node.Newer = list;
        node.Older = end.Older;
        _nodes[end.Older].Newer = position;
        end.Older = position;
    }

    private void Unlink(int position)
    {
        var node = _nodes[position];
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

        return _used++;
    }

    private struct Node
    {
        public ulong Hash;
        public int Newer;
        public int Older;
        public int List;
    }
}
