namespace FastSignatureCache.Interleavings;

/// <summary>
/// That nothing is found proves something only if faults would be. These scenarios say what isn't so: if Coyote ever stops to see into the
/// engine, after an update or because the assemblies were not rewritten, they are the tests that fail.
/// </summary>
public class CanaryTests
{
    [Fact]
    public void A_fault_between_two_operations_is_found() => Assert.True(Explore.FindsFault(() =>
    {
        using var scene = new Scene();
        scene.Put(0, signature: 1);

        // Look first, remove then: another may have removed it meanwhile.
        Explore.AtOnce(() => Assert.True(scene.Find(0) is null || scene.Remove(0)), () => scene.Remove(0));
    }));

    [Fact]
    public void A_fault_inside_an_operation_that_holds_the_lock_is_found() => Assert.True(Explore.FindsFault(() =>
    {
        using var scene = new Scene();

        // A put shows its entry a moment before it counts it: readers take no lock, and may see just that.
        Explore.AtOnce(() => scene.Put(0, signature: 1), () => Assert.True(scene.Find(0) is null || scene.Cache.Count == 1));
    }));
}
