using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>One cache behind the operations that are measured: conversation and model in, validated entry out.</summary>
/// <remarks>
/// Contenders are structs, and are used through type parameters: the runtime compiles every measured loop once for each, so that no call
/// on the measured path is virtual but those of the cache's own interface. All check a signature's format when it is put. When it is
/// asked for, all check time to live, conversation and model, the last two by comparing the strings: a joined key alone cannot tell
/// "a:b" + "c" from "a" + "b:c". Only the floor, whose point is to be as little as possible, looks up and does nothing else.
/// </remarks>
/// <typeparam name="TSelf">The contender itself.</typeparam>
public interface IContender<TSelf> : IDisposable
    where TSelf : struct, IContender<TSelf>
{
    /// <summary>The contender's name in tables and plots.</summary>
    static abstract string Name { get; }

    /// <summary>Creates an empty cache.</summary>
    static abstract TSelf Create(ContenderSettings settings);

    /// <summary>How many entries it holds. May walk through all of them.</summary>
    int Count { get; }

    /// <summary>Finds the valid entry of two strings, or null.</summary>
    object? Find(in RequestKey key);

    /// <summary>Finds the valid entry of two slices of a text, or null: <see cref="RequestKey.ConversationSpan"/> and its model.</summary>
    object? FindBySpans(in RequestKey key);

    /// <summary>Puts a signature, in place of an earlier one.</summary>
    void Put(in RequestKey key, string signature);

    /// <summary>Waits until work in the background that the put of a key began is done.</summary>
    void Settle(in RequestKey key);
}
