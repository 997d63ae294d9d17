using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Clients;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>
/// Conversations that look alike. The emulator tells them apart by a header that the product knows nothing of, and counts every
/// signature that is not of the conversation it came in.
/// </summary>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const string ToolLoop = "[steps: 1,1,1]";
    private const string ParallelLoop = "[steps: 1,2,1]";
    private const string NoCalls = "[steps: ]";

    public static MatrixTheoryData<Protocol, Passage, Pace> Ways =>
        new(Enum.GetValues<Protocol>(), Passages.WithProduct, Enum.GetValues<Pace>());

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task With_first_messages_of_their_own_all_pass(Protocol protocol, Passage passage, Pace pace)
    {
        await using Bench bench = await Bench.StartAsync(passage, recovers: false);
        var crowd = new Crowd(bench, protocol);

        await crowd.SayAsync(number => $"Read file {number}. {ToolLoop}", pace);
        await crowd.SayAsync(_ => $"Again, please. {ParallelLoop}", pace);

        Assert.Equal(Crowd.Size, crowd.Passing);
        EmulatorStatistics statistics = bench.Emulator.GetStatistics();
        Assert.Equal((Crowd.Size * 8, 0), (statistics.Accepted, statistics.Refused));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task With_the_same_first_message_none_gets_a_signature_of_another(Protocol protocol, Passage passage, Pace pace)
    {
        await using Bench bench = await Bench.StartAsync(passage, recovers: false);
        var crowd = new Crowd(bench, protocol);

        await crowd.SayAsync(_ => $"Read the file. {ToolLoop}", pace);

        AssertNoneWrong(crowd, bench);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task With_different_tool_results_none_gets_a_signature_of_another(Protocol protocol, Passage passage, Pace pace)
    {
        await using Bench bench = await Bench.StartAsync(passage, recovers: false);
        var crowd = new Crowd(bench, protocol, number => $"The file says {number}.");

        await crowd.SayAsync(_ => $"Read the file. {ToolLoop}", pace);

        AssertNoneWrong(crowd, bench);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task With_different_histories_before_the_first_call_all_pass(Protocol protocol, Passage passage, Pace pace)
    {
        await using Bench bench = await Bench.StartAsync(passage, recovers: false);
        var crowd = new Crowd(bench, protocol);

        await crowd.SayAsync(_ => $"Hello. {NoCalls}", pace);
        await crowd.SayAsync(number => $"Read file {number}. {ToolLoop}", pace);

        Assert.Equal(Crowd.Size, crowd.Passing);
        Assert.Equal(0, bench.Emulator.GetStatistics().Refused);
    }

    private void AssertNoneWrong(Crowd crowd, Bench bench)
    {
        EmulatorStatistics statistics = bench.Emulator.GetStatistics();
        output.WriteLine($"{crowd.Passing} of {Crowd.Size} pass, {statistics.SignaturesVerified} signatures restored.");
        Assert.Equal((0, 0), (statistics.RefusedCorrupted, statistics.RefusedOther));
        Assert.Equal(Crowd.Size - crowd.Passing, statistics.RefusedMissing);
    }
}
