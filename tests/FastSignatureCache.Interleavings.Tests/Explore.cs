using FastSignatureCache.Verification.Support;
using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;

namespace FastSignatureCache.Interleavings;

/// <summary>Runs a scenario over and over, each time in another interleaving of its tasks, which Coyote chooses.</summary>
internal static class Explore
{
    private const uint Batch = 1_000;

    // A fault that takes one switch at one place turns up once in some 250 interleavings: in so many it is never missed by bad luck.
    private const uint Search = 20 * Batch;

    private static bool _isRehearsal;

    /// <summary>Fails when the scenario throws in any interleaving, with the trace that shows it again.</summary>
    public static void All(string name, Action scenario)
    {
        var budget = new Budget(Checks.InThisProject);
        var (paths, steps) = (0, 0L);
        while (budget.HasMore())
        {
            using var engine = Run(scenario, Batch);
            var report = engine.TestReport;
            paths += report.NumOfExploredFairPaths + report.NumOfExploredUnfairPaths;
            steps += report.TotalExploredFairSteps + report.TotalExploredUnfairSteps;
            if (report.NumOfFoundBugs > 0)
            {
                // Configuration.WithReproducibleTrace takes it up again.
                TestContext.Current.AddAttachment("trace", engine.ReproducibleTrace);
                Assert.Fail(string.Join('\n', report.BugReports));
            }

            Assert.Empty(report.UncontrolledInvocations);
        }

        budget.Print($"{name}: {paths} interleavings, {steps} scheduling decisions");
    }

    /// <summary>Whether the scenario throws in any interleaving. Ends with the first that does.</summary>
    public static bool FindsFault(Action scenario)
    {
        using var engine = Run(scenario, Search);
        return engine.TestReport.NumOfFoundBugs > 0;
    }

    /// <summary>All at once, each in a task of its own, to the end. What one throws is thrown.</summary>
    public static void AtOnce(params Action[] actions)
    {
        if (_isRehearsal)
        {
            Array.ForEach(actions, action => action());
            return;
        }

        // Coyote sees calls of Task.Run, but not references to it; and not every overload of Task.WaitAll.
        foreach (var task in Array.ConvertAll(actions, action => Task.Run(action)))
        {
            task.Wait();
        }
    }

    private static TestingEngine Run(Action scenario, uint interleavings)
    {
        // Once in plain order: static fields are set up under locks of the runtime's that Coyote doesn't control.
        _isRehearsal = true;
        scenario();
        _isRehearsal = false;

        // Also between the reads and writes of fields, which is where a lock that is missing shows.
        var configuration = Configuration.Create()
            .WithTestingIterations(interleavings)
            .WithMemoryAccessRaceCheckingEnabled()
            .WithLockAccessRaceCheckingEnabled()
            .WithVolatileOperationRaceCheckingEnabled()
            .WithAtomicOperationRaceCheckingEnabled()
            .WithCollectionAccessRaceCheckingEnabled()
            .WithDeadlockTimeout(60_000)
            .WithTelemetryEnabled(false);
        var engine = TestingEngine.Create(configuration, scenario);
        engine.Run();
        return engine;
    }
}
