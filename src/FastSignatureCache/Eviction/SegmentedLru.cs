using FastSignatureCache.Candidates;
using FastSignatureCache.Tables;

namespace FastSignatureCache.Eviction;

/// <summary>
/// The order of use: a segmented LRU whose readers leave a mark instead of moving anything. Not thread-safe: the write lock guards it.
/// </summary>
/// <remarks>
/// <para>
/// New keys are on probation. One that is put again moves to the protected segment at once, unless it moved a moment ago; one that was
/// only read is marked, and moves there when the eviction comes across its mark. The protected segment takes at most a fifth of what fits and
/// hands what it has no room for back to probation, as the newest there. Evicted is the oldest on probation that nobody has used since.
/// </para>
/// <para>
/// What fits is as many as there were when room last had to be made, and before that the capacity: where the byte budget is reached first,
/// a fifth of the capacity could be nearly everything, and what nobody uses any more would leave no room to stay in for what comes.
/// </para>
/// <para>
/// The fifth is a maximum and no reservation: while nothing is used twice, probation has the whole capacity. On a trace of conversation
/// traffic at 1,000 entries, a fifth finds 83.35 % where exact LRU finds 82.10 %; any share from a twentieth to a quarter finds
/// 83.0 % or more, so nothing hangs on the exact figure.
/// </para>
/// <para>
/// Keys leave the lists when they leave the table. No list ever holds a key that the table doesn't, so that the capacity freed by a
/// removal is there at once.
/// </para>
/// </remarks>
/// <param name="table">Where the keys' marks are found.</param>
/// <param name="capacity">The most keys.</param>
internal sealed class SegmentedLru(EntryTable table, int capacity)
{
    private const int ProtectedShare = 5;

    /// <summary>
    /// How many marked keys one eviction, or one promotion, spares before it takes the next, marked or not. Without a bound a single put
    /// would walk the whole cache when every entry was read since the last one.
    /// </summary>
    private const int MaxSecondChances = 64;

    /// <summary>
    /// A key that was added, or moved, no longer ago than it takes to add a thirty-second of the capacity stays where it is when it is put
    /// again: it could not get much further, and moving it costs the other writers their neighbours' cache lines.
    /// </summary>
    private const int FreshShare = 32;

    private const int Probation = 0;
    private const int Protected = 1;

    private readonly RecencyLists _lists = new(capacity);
    private readonly int _fresh = capacity / FreshShare;
    private int _maxProtected = capacity / ProtectedShare;
    private int _protectedCount;
    private int _additions;

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The segments, for integrity checks.</summary>
    internal RecencyLists Lists => _lists;

    internal int ProtectedCount => _protectedCount;

    internal int MaxProtected => _maxProtected;

    /// <summary>Makes sure that adding a key allocates nothing, and so cannot fail half-way.</summary>
    public void Reserve() => _lists.Reserve();

    /// <summary>Takes in what is new.</summary>
    public void Add(object state)
    {
        ref var recency = ref KeyState.RecencyOf(state);
        recency.Position = _lists.Add(Probation, KeyState.HashOf(state));
        recency.MovedAt = ++_additions;
        Count++;
    }

    /// <summary>Takes in what was not used for longer than anything else here.</summary>
    public void AddOldest(object state)
    {
        ref var recency = ref KeyState.RecencyOf(state);
        recency.Position = _lists.AddOldest(Probation, KeyState.HashOf(state));
        recency.MovedAt = _additions - _fresh;
        Count++;
    }

    /// <summary>Notes that a key was put again.</summary>
    public void Use(object state)
    {
        ref var recency = ref KeyState.RecencyOf(state);
        if ((uint)(_additions - recency.MovedAt) < _fresh)
        {
            recency.MarkUsed();
        }
        else
        {
            Promote(ref recency);
        }
    }

    /// <summary>
    /// Notes that a key is about to be used: it becomes the newest of its segment, and marked, or it could leave before others that are.
    /// </summary>
    public void Expect(object state)
    {
        ref var recency = ref KeyState.RecencyOf(state);
        Move(ref recency, _lists.ListOf(recency.Position));
        recency.MarkUsed();
    }

    /// <summary>Takes a key out.</summary>
    public void Remove(object state)
    {
        var position = KeyState.RecencyOf(state).Position;
        _protectedCount -= _lists.ListOf(position);
        _lists.Remove(position);
        Count--;
    }

    /// <summary>Chooses what to evict. There must be something.</summary>
    public object LeastUsed()
    {
        _maxProtected = Count / ProtectedShare;
        Demote();
        for (var spared = 0; spared < MaxSecondChances && !_lists.IsEmpty(Probation); spared++)
        {
            var oldest = OldestOf(Probation);
            if (!KeyState.RecencyOf(oldest).IsUsed)
            {
                return oldest;
            }

            Promote(ref KeyState.RecencyOf(oldest));
        }

        return OldestOf(_lists.IsEmpty(Probation) ? Protected : Probation);
    }

    /// <summary>The hashes of all keys, probation first.</summary>
    public IEnumerable<ulong> OldestFirst() => _lists.OldestFirst(Probation).Concat(_lists.OldestFirst(Protected));

    public void Clear()
    {
        _lists.Clear();
        _maxProtected = capacity / ProtectedShare;
        _protectedCount = 0;
        Count = 0;
    }

    private object OldestOf(int list) => table.Find(_lists.OldestOf(list))!;

    private void Promote(ref Recency used)
    {
        used.IsUsed = false;
        if (_maxProtected == 0)
        {
            Move(ref used, Probation);
            return;
        }

        Move(ref used, Protected);
        Demote();
    }

    private void Demote()
    {
        for (var spared = 0; _protectedCount > _maxProtected;)
        {
            ref var oldest = ref KeyState.RecencyOf(OldestOf(Protected));
            if (oldest.IsUsed && spared < MaxSecondChances)
            {
                oldest.IsUsed = false;
                Move(ref oldest, Protected);
                spared++;
            }
            else
            {
                Move(ref oldest, Probation);
            }
        }
    }

    private void Move(ref Recency recency, int list)
    {
        _protectedCount += list - _lists.ListOf(recency.Position);
        _lists.MoveToNewest(list, recency.Position);
        recency.MovedAt = _additions;
    }
}
