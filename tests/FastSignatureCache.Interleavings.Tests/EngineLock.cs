// Coyote 1.7.11 controls Monitor but doesn't know System.Threading.Lock: a thread that it stops inside such a lock would block the others
// behind its back. In this build alone the engine's lock is a plain object. The statement is the same, and both may be entered again by
// the thread that holds them.
global using Lock = object;

namespace FastSignatureCache;

/// <summary>What a lock can do besides the statement.</summary>
internal static class EngineLock
{
    public static bool TryEnter(this object engineLock) => System.Threading.Monitor.TryEnter(engineLock);

    public static void Exit(this object engineLock) => System.Threading.Monitor.Exit(engineLock);
}
