using static FastSignatureCache.Stores.Conformance.StoredSignatures;

namespace FastSignatureCache.Stores.Conformance;

/// <summary>What an <see cref="ISharedSignatureStore"/> has to do besides: two instances of it work on the same.</summary>
public abstract class SharedSignatureStoreConformance : SignatureStoreConformance
{
    private static readonly StoredSignature First = Numbered(1);
    private static readonly StoredSignature Second = Numbered(2, "other");

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private ISharedSignatureStore? _other;

    private ISharedSignatureStore Shared => (ISharedSignatureStore)Store;

    private ISharedSignatureStore Other => _other!;

    /// <summary>A second instance on what the first keeps, going by the same clock. The suite disposes of it.</summary>
    protected abstract ValueTask<ISharedSignatureStore> ConnectAsync(TimeProvider timeProvider);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _other = await ConnectAsync(Time);
    }

    protected override async ValueTask DisposeStoreAsync()
    {
        if (_other is not null)
        {
            await _other.DisposeAsync();
        }

        await base.DisposeStoreAsync();
    }

    [Fact]
    public async Task Each_sees_at_once_what_the_other_does()
    {
        await PutAsync(First);
        AssertSame([First], await Other.GetAsync(["conversation"], Ended));
        await Other.PutAsync([Second], Ended);
        AssertSame([First, Second], await GetAsync("conversation", "other"));
        await Other.RemoveAsync([First.Key], Ended);
        AssertSame([Second], await GetNewestAsync());
        await Other.ClearAsync(Ended);

        Assert.Empty(await GetNewestAsync());
    }

    [Fact]
    public async Task A_removal_is_told_to_the_others_once_it_is_done()
    {
        await PutAsync(First, Second);
        await using var notices = await ListenAsync();

        await Other.RemoveAsync([First.Key], Ended);

        Assert.Equal(new(First.Key), await NextAsync(notices));
        AssertSame([Second], await GetNewestAsync());
    }

    [Fact]
    public async Task A_clear_is_told_to_the_others_once_it_is_done()
    {
        await PutAsync(First, Second);
        await using var notices = await ListenAsync();

        await Other.ClearAsync(Ended);

        Assert.True((await NextAsync(notices)).IsOfEverything);
        Assert.Empty(await GetNewestAsync());
    }

    [Fact]
    public async Task Nobody_is_told_what_it_removed_itself()
    {
        await PutAsync(First, Second);
        await using var notices = await ListenAsync();

        await RemoveAsync(First.Key);
        await Store.ClearAsync(Ended);
        await Other.RemoveAsync([Second.Key], Ended);

        Assert.Equal(new(Second.Key), await NextAsync(notices));
    }

    [Fact]
    public async Task Every_key_is_told_as_it_is()
    {
        SignatureKey[] keys = [.. OddStrings.Select(odd => new SignatureKey(odd, odd, odd))];
        await using var notices = await ListenAsync();

        await Other.RemoveAsync(keys, Ended);

        HashSet<SignatureKey> told = [];
        while (told.Count < keys.Length)
        {
            told.Add((await NextAsync(notices)).Key);
        }

        Assert.True(told.SetEquals(keys));
    }

    [Fact]
    public async Task Listening_ends_when_it_is_cancelled()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        var listening = Task.Run(
            async () =>
            {
                await foreach (var notice in Shared.WatchRemovalsAsync(ending.Token))
                {
                    Assert.Fail($"Nothing was removed, but {notice} came.");
                }
            },
            Ended);

        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    // Nobody says when listening has begun, so the other goes on removing until it is heard; then one more tells that all of those are over.
    private async Task<IAsyncEnumerator<StoreRemoval>> ListenAsync()
    {
        var last = new SignatureKey("the beginning", "is", "over");
        var notices = Shared.WatchRemovalsAsync(Ended).GetAsyncEnumerator(Ended);
        var heard = notices.MoveNextAsync().AsTask();
        while (!heard.IsCompleted)
        {
            await Other.RemoveAsync([new("has anybody", "heard", "this")], Ended);
            Time.Advance(Step);
        }

        Assert.True(await heard);
        await Other.RemoveAsync([last], Ended);
        while (notices.Current.Key != last)
        {
            await NextAsync(notices);
        }

        return notices;
    }

    // A store that looks for notices at an interval does so by the clock, and may just be looking.
    private async Task<StoreRemoval> NextAsync(IAsyncEnumerator<StoreRemoval> notices)
    {
        var next = notices.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            Time.Advance(Step);
            await Task.WhenAny(next, Task.Delay(Pause, Ended));
        }

        Assert.True(await next);
        return notices.Current;
    }
}
