namespace FastSignatureCache.Tests.Support;

/// <summary>Tests that look at the whole process: its memory, its garbage collector.</summary>
[CollectionDefinition(nameof(NothingElseRuns), DisableParallelization = true)]
public static class NothingElseRuns;
