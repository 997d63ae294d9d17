namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>The passages that tests go through.</summary>
internal static class Passages
{
    public static IReadOnlyList<Passage> All { get; } = Enum.GetValues<Passage>();

    public static IReadOnlyList<Passage> WithProduct { get; } = [.. All.Where(passage => passage != Passage.Straight)];
}
