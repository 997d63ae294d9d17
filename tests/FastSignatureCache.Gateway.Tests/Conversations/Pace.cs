namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>How several conversations proceed.</summary>
public enum Pace
{
    /// <summary>All at once, each as fast as it can.</summary>
    Free,

    /// <summary>All at once, but each step begins when all have done the one before.</summary>
    InRounds,

    /// <summary>Each begins when the one before is over.</summary>
    OneByOne,
}
