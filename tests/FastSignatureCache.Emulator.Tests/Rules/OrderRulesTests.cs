using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Tests.Support;

namespace FastSignatureCache.Emulator.Tests.Rules;

public class OrderRulesTests
{
    [Fact]
    public async Task No_contents_are_refused() =>
        await AssertRefused(client => client.Contents = [], ErrorTexts.NoContents);

    [Fact]
    public async Task A_batch_split_over_several_contents_is_refused() => await AssertRefused(
        client =>
        {
            var second = client.Part(1, 1).DeepClone();
            client.Contents[1]!["parts"]!.AsArray().RemoveAt(1);
            client.Contents.Insert(2, NativeClient.Content("model", second));
        },
        ErrorTexts.CallTurnOrder);

    [Fact]
    public async Task Interleaved_calls_and_responses_are_refused() => await AssertRefused(
        client =>
        {
            var call = client.Part(1, 1).DeepClone();
            var response = client.Part(2, 1).DeepClone();
            client.Contents[1]!["parts"]!.AsArray().RemoveAt(1);
            client.Contents[2]!["parts"]!.AsArray().RemoveAt(1);
            client.Contents.Add(NativeClient.Content("model", call));
            client.Contents.Add(NativeClient.Content("user", response));
        },
        ErrorTexts.Missing("read", 4, vertex: false));

    [Fact]
    public async Task Calls_and_responses_interleaved_in_one_content_are_refused() => await AssertRefused(
        client => client.Contents[1]!["parts"]!.AsArray().Insert(1, client.Part(2).DeepClone()),
        ErrorTexts.ResponseTurnOrder);

    [Fact]
    public async Task Fewer_responses_than_calls_are_refused() => await AssertRefused(
        client => client.Contents[2]!["parts"]!.AsArray().RemoveAt(0), ErrorTexts.ResponseCount);

    [Fact]
    public async Task Calls_that_nothing_answers_are_refused() => await AssertRefused(
        client => client.Contents.RemoveAt(2), ErrorTexts.ResponseCount);

    [Fact]
    public async Task Responses_that_answer_no_call_are_refused() => await AssertRefused(
        client => client.Contents.RemoveAt(1), ErrorTexts.ResponseTurnOrder);

    [Fact]
    public async Task A_history_that_begins_with_a_call_is_refused() => await AssertRefused(
        client => client.Contents.RemoveAt(0), ErrorTexts.CallTurnOrder);

    [Fact]
    public async Task A_call_of_the_user_is_refused() => await AssertRefused(
        client => client.Contents[1]!["role"] = "user", ErrorTexts.CallTurnOrder);

    private static async Task AssertRefused(Action<NativeClient> change, string message)
    {
        await using var emulator = await Emulate.StartAsync();
        using var client = new NativeClient(emulator, "[steps: 2,1]");
        await client.StepAsync();
        change(client);

        Assert.Equal(message, (await client.SendAsync()).Error);
    }
}
