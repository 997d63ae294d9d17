namespace FastSignatureCache.Gateway.Demo;

/// <summary>How a scenario went on both ways.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Straight">Each conversation, straight to the upstream.</param>
/// <param name="Repaired">Each conversation, through the gateway.</param>
internal sealed record DemoOutcome(DemoScenario Scenario, IReadOnlyList<PlayResult> Straight, IReadOnlyList<PlayResult> Repaired);
