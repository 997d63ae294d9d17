using FastSignatureCache.Verification.Model;
using FastSignatureCache.Verification.Support;
using static FastSignatureCache.Interleavings.Explore;

namespace FastSignatureCache.Interleavings;

public class InterleavingTests
{
    [Fact]
    public void Put_is_not_undone_by_the_expiry_of_what_it_replaces() => All("expiry against put", () =>
    {
        using var scene = new Scene();
        scene.Put(0, signature: 1);
        scene.LetAllExpire();

        AtOnce(() => scene.Cache.RemoveExpired(), () => scene.Put(0, signature: 2), () => Assert.True(scene.Find(0) is null or 2));

        Assert.Equal(2, scene.Find(0));
        Assert.Equal((1, 1L), (scene.Cache.Count, scene.Metrics.Expirations));
        scene.AssertIntact();
    });

    [Fact]
    public void Candidate_is_not_lost_to_the_expiry_of_another() => All("expiry against candidate", () =>
    {
        using var scene = new Scene();
        scene.PutCandidate(0, signature: 1, history: 1);
        scene.LetAllExpire();

        AtOnce(() => scene.Find(0, history: 1), () => scene.PutCandidate(0, 2, history: 2), () => scene.PutCandidate(0, 3, history: 3));

        Assert.Equal((null, 2, 3), (scene.Find(0, history: 1), scene.Find(0, history: 2), scene.Find(0, history: 3)));
        Assert.Equal((1, 1L), (scene.Cache.Count, scene.Metrics.Expirations));
        scene.AssertIntact();
    });

    [Fact]
    public void What_expires_while_it_is_asked_for_is_found_whole_or_not_at_all() => All("time against get and put", () =>
    {
        using var scene = new Scene();
        scene.Put(0, signature: 1);

        AtOnce(scene.LetAllExpire, () => Assert.True(scene.Find(0) is null or 1 or 2), () =>
        {
            scene.Cache.RemoveExpired();
            scene.Put(0, signature: 2);
        });

        var left = scene.Get(0);
        Assert.True(left is null || left.ExpiresAt > left.CreatedAt);
        Assert.InRange(scene.Metrics.Expirations, 0, 2);
        scene.AssertIntact();
    });

    [Fact]
    public void A_life_begins_anew_once_and_never_after_its_end() => All("renewal against renewal, expiry and put", () =>
    {
        using var scene = new Scene(isAdaptive: true);
        scene.Put(0, signature: 1);
        scene.Advance(30);

        AtOnce(
            () => Assert.True(scene.Find(0) is null or 1 or 2),
            () => Assert.True(scene.Find(0, history: 0) is null or 1 or 2),
            () => scene.Advance(10),
            () => scene.Cache.RemoveExpired(),
            () => scene.Put(0, signature: 2));

        Assert.Equal(2, scene.Find(0));
        Assert.InRange(scene.Metrics.Renewals, 0, 2);
        Assert.InRange(ManualTime.TicksOf(scene.Get(0)!.ExpiresAt), scene.Now + 30, scene.Now + Settings.TimeToLive);
        scene.AssertIntact();
    });

    [Fact]
    public void Get_finds_what_it_asked_for_or_nothing_amid_evictions() => All("eviction against get", () =>
    {
        using var scene = new Scene(capacity: 1);
        scene.Put(0, signature: 10);

        AtOnce(
            () => Assert.True(scene.Find(0) is null or 10),
            () => scene.Put(1, signature: 11),
            () => scene.Put(2, signature: 12),
            () => Assert.True(scene.Find(1) is null or 11));

        Assert.True((scene.Find(0), scene.Find(1), scene.Find(2)) is (null, 11, null) or (null, null, 12));
        Assert.Equal((1, 2L, 5L), (scene.Cache.Count, scene.Metrics.Evictions, scene.Metrics.Lookups));
        scene.AssertIntact();
    });

    [Fact]
    public void Byte_budget_holds_while_entries_grow() => All("byte budget against growing puts", () =>
    {
        using var scene = new Scene(maxBytes: 2_600);
        scene.Put(0, signature: 0);

        AtOnce(() => scene.Put(0, signature: 3), () => scene.PutCandidate(0, 2, history: 1), () => scene.Put(1, signature: 3));

        Assert.InRange(scene.Cache.Count, 1, 2);
        scene.AssertIntact();
    });

    [Fact]
    public void Clear_takes_what_was_there_before_and_keeps_its_books() => All("clear against put", () =>
    {
        using var scene = new Scene();
        scene.Put(0, signature: 10);

        AtOnce(scene.Cache.Clear, () => scene.Put(1, signature: 11), () => Assert.True(scene.Find(0) is null or 10));

        Assert.Null(scene.Find(0));
        Assert.Equal(scene.Find(1) is null ? 0 : 1, scene.Cache.Count);
        scene.AssertIntact();
    });

    [Fact]
    public void Report_takes_the_old_value_or_the_new_one_and_never_neither() => All("corruption report against put", () =>
    {
        using var scene = new Scene();
        scene.Put(0, signature: 1);

        AtOnce(() => Assert.True(scene.Report(0)), () => scene.Put(0, signature: 2), () => Assert.True(scene.Find(0) is null or 1 or 2));

        Assert.True(scene.Find(0) is null or 2);
        Assert.Equal(1, scene.Metrics.Corruptions);
        scene.AssertIntact();
    });

    [Fact]
    public void Only_one_of_two_removals_takes_an_entry() => All("removal against removal", () =>
    {
        using var scene = new Scene();
        scene.Put(0, signature: 10);
        scene.Put(1, signature: 11);
        var (removed, reported) = (false, false);

        AtOnce(() => removed = scene.Remove(0), () => reported = scene.Report(0), () => scene.Put(1, signature: 2));

        Assert.True(removed != reported);
        Assert.Equal((1, reported ? 1L : 0L), (scene.Cache.Count, scene.Metrics.Corruptions));
        scene.AssertIntact();
    });

    [Fact]
    public void Keys_with_the_same_hash_never_answer_for_each_other() => All("colliding keys", () =>
    {
        using var scene = new Scene();
        scene.Put(0, signature: 10);

        // The key 3 has the hash of the key 0.
        AtOnce(() => scene.Put(3, signature: 13), () => Assert.True(scene.Find(0) is null or 10 or 11), () =>
        {
            Assert.True(scene.Find(3) is null or 13);
            scene.Put(0, signature: 11);
        });

        Assert.True((scene.Find(0), scene.Find(3)) is (11, null) or (null, 13));
        Assert.Equal(1, scene.Cache.Count);
        scene.AssertIntact();
    });
}
