using System.Runtime.CompilerServices;
using FastSignatureCache.Packing;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Tests.Stores;

/// <summary>A store in memory whose operations the test can hold, fail and release, and which remembers what it was asked.</summary>
internal class ScriptedStore : ISignatureStore
{
    private readonly Lock _sync = new();
    private readonly List<StoredSignature> _kept = [];
    private readonly List<string> _calls = [];
    private TaskCompletionSource _changed = NewSignal();
    private TaskCompletionSource? _reads;
    private TaskCompletionSource? _writes;

    /// <summary>What reading throws, if anything.</summary>
    public volatile Exception? ReadFailure;

    /// <summary>What writing throws, if anything.</summary>
    public volatile Exception? WriteFailure;

    /// <summary>Called before each write.</summary>
    public volatile Action? OnWrite;

    /// <summary>Whether held operations go on being held when they are cancelled.</summary>
    public volatile bool IgnoresCancellation;

    /// <summary>Whether its disposal never ends.</summary>
    public volatile bool HangsWhenDisposed;

    public bool IsDisposed { get; private set; }

    /// <summary>Every call, in order: "get c", "put 2", "remove 1", "clear", "newest", "expired".</summary>
    public List<string> Calls => Locked(() => _calls.ToList());

    public List<StoredSignature> Kept => Locked(() => _kept.ToList());

    /// <summary>The texts that are kept under a key, oldest first.</summary>
    public List<string> Texts(SignatureKey key) =>
        [.. Kept.Where(kept => kept.Key == key).OrderBy(kept => kept.CreatedAt).Select(Text)];

    public static string Text(StoredSignature stored) =>
        PackedSignature.TryUnpack(stored.Payload, int.MaxValue, SignatureFormat.Any)!.Value.ToString();

    public void HoldReads() => _reads = NewSignal();

    public void ReleaseReads() => Interlocked.Exchange(ref _reads, null)?.SetResult();

    public void HoldWrites() => _writes = NewSignal();

    public void ReleaseWrites() => Interlocked.Exchange(ref _writes, null)?.SetResult();

    /// <summary>Puts something there without anybody noticing.</summary>
    public void Plant(params StoredSignature[] signatures) => Locked(() =>
    {
        _kept.AddRange(signatures);
        return 0;
    });

    /// <summary>Takes something away without anybody noticing.</summary>
    public void Unplant(Predicate<StoredSignature> condition) => Locked(() => _kept.RemoveAll(condition));

    /// <summary>Waits until the store was asked, or holds, what the test waits for.</summary>
    public async Task UntilAsync(Func<ScriptedStore, bool> condition)
    {
        while (true)
        {
            var changed = Locked(() => _changed.Task);
            if (condition(this))
            {
                return;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask<IReadOnlyList<StoredSignature>> GetAsync(
        IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken)
    {
        Note("get " + string.Join(',', conversationIds));

        // As it is when the call comes, however long the answer takes.
        var found = Locked(() => _kept.Where(kept => conversationIds.Contains(kept.Key.ConversationId)).ToList());
        await HeldAsync(_reads, cancellationToken);
        return ReadFailure is { } failure ? throw failure : found;
    }

    public async ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken)
    {
        await WriteAsync($"put {signatures.Count}", cancellationToken);
        Change(() =>
        {
            foreach (var added in signatures)
            {
                _kept.RemoveAll(kept => kept.Key == added.Key && kept.Context == added.Context && Text(kept) == Text(added));
                _kept.Add(added);
            }
        });
    }

    public async ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken)
    {
        await WriteAsync($"remove {keys.Count}", cancellationToken);
        Change(() => _kept.RemoveAll(kept => keys.Contains(kept.Key)));
    }

    public async IAsyncEnumerable<StoredSignature> GetNewestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Note("newest");
        var found = Kept.OrderByDescending(kept => kept.CreatedAt).ToList();
        await HeldAsync(_reads, cancellationToken);
        foreach (var kept in found)
        {
            yield return ReadFailure is { } failure ? throw failure : kept;
        }

        Note("newest ended");
    }

    public ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        Note("expired");
        return WriteFailure is { } failure ? throw failure : new(0);
    }

    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        await WriteAsync("clear", cancellationToken);
        Change(_kept.Clear);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return HangsWhenDisposed ? new(new TaskCompletionSource().Task) : ValueTask.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WriteAsync(string call, CancellationToken cancellationToken)
    {
        OnWrite?.Invoke();
        Note(call);
        await HeldAsync(_writes, cancellationToken);
        if (WriteFailure is { } failure)
        {
            throw failure;
        }
    }

    private Task HeldAsync(TaskCompletionSource? hold, CancellationToken cancellationToken) =>
        hold is null ? Task.CompletedTask : hold.Task.WaitAsync(IgnoresCancellation ? default : cancellationToken);

    protected void Note(string call) => Change(() => _calls.Add(call));

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_sync)
        {
            change();
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_sync)
        {
            return read();
        }
    }
}
