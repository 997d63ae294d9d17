namespace FastSignatureCache.Redis.Tests.Support;

/// <summary>Servers on loopback that go on without a primary, because a replica takes its place.</summary>
internal interface IReplicatedRedis : IAsyncDisposable
{
    /// <summary>How to reach whichever of them is there.</summary>
    string ConnectionString { get; }

    /// <summary>Waits until every primary has a replica that has all it was sent.</summary>
    Task ReplicateAsync();

    /// <summary>Ends one of the primaries at once.</summary>
    Task KillPrimaryAsync();

    /// <summary>Waits until the replica of the killed primary has taken its place, and all who have to know do.</summary>
    Task TakeOverAsync();
}
