using System.Net;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Clients;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>When the signatures of an answer are kept, and when they are not.</summary>
public sealed class AnswerEndTests
{
    private const string TwoCalls = "Read both files. [steps: 2]";

    public static TheoryData<Protocol, AnswerForm, Passage, bool> Answers => AnswerKind.Everywhere;

    public static TheoryData<Protocol, AnswerForm, Passage, bool> Streams => AnswerKind.Streams;

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_client_that_has_the_whole_answer_can_rely_on_its_signature(
        Protocol protocol, AnswerForm form, Passage passage, bool compress)
    {
        await using Bench bench = await Bench.StartAsync(passage, new EmulatorOptions { Compress = compress, NetworkChunkSize = 7 });
        using HttpResponseMessage response = await AskAsync(bench, protocol, form);
        await using Stream answer = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        await AnswerEnds.ReadUntilAsync(answer, text => AnswerEnds.IsWhole(form, protocol, text));

        Assert.NotEqual(0, bench.Cache.Count);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Nothing_is_kept_of_a_stream_that_is_cut_off(Protocol protocol, AnswerForm form, Passage passage, bool compress)
    {
        await using Bench bench = await Bench.StartAsync(passage, new EmulatorOptions { Compress = compress });
        int events = EventsOf(protocol, form);

        for (int sent = 0; sent < events; sent++)
        {
            await AssertNothingIsKeptAsync(bench, protocol, form, EmulatorFault.CutAfterEvents(sent));
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Nothing_is_kept_of_an_answer_that_is_cut_off_within_its_signature(
        Protocol protocol, AnswerForm form, Passage passage, bool compress)
    {
        await using Bench bench = await Bench.StartAsync(passage, new EmulatorOptions { Compress = compress, NetworkChunkSize = 7 });

        foreach (int sent in (int[])[0, 1, 50, 250])
        {
            await AssertNothingIsKeptAsync(bench, protocol, form, EmulatorFault.CutAfterBytes(sent));
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Nothing_is_kept_of_an_error(Protocol protocol, AnswerForm form, Passage passage, bool compress)
    {
        await using Bench bench = await Bench.StartAsync(passage, new EmulatorOptions { Compress = compress });

        foreach (int status in (int[])[429, 500, 503])
        {
            using HttpResponseMessage response = await AskAsync(bench, protocol, form, EmulatorFault.AnswerStatus(status));
            string error = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal((HttpStatusCode)status, response.StatusCode);
            Assert.Contains("\"error\"", error, StringComparison.Ordinal);
            Assert.Equal(0, bench.Cache.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Nothing_is_kept_for_a_client_that_leaves_with_the_signature_but_before_the_end(
        Protocol protocol, AnswerForm form, Passage passage, bool compress)
    {
        await using Bench bench = await Bench.StartAsync(passage, new EmulatorOptions { Compress = compress });
        // The upstream goes silent before it says that the answer is complete.
        var silence = EmulatorFault.StallAfterEvents(EventsOf(protocol, form) - (protocol == Protocol.Chat ? 2 : 1));
        using (HttpResponseMessage response = await AskAsync(bench, protocol, form, silence))
        {
            await using Stream answer = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await AnswerEnds.ReadUntilAsync(answer, text => text.Contains("ignature\"", StringComparison.Ordinal));
        }

        await bench.EndRequestsAsync();

        Assert.Equal(0, bench.Cache.Count);
    }

    private static async Task AssertNothingIsKeptAsync(Bench bench, Protocol protocol, AnswerForm form, EmulatorFault fault)
    {
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using HttpResponseMessage response = await AskAsync(bench, protocol, form, fault);
            // A gateway that has nothing of an answer yet can still say that there is none.
            response.EnsureSuccessStatusCode();
            await response.Content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        });
        Assert.Equal(0, bench.Cache.Count);
    }

    private static async Task<HttpResponseMessage> AskAsync(Bench bench, Protocol protocol, AnswerForm form, EmulatorFault? fault = null)
    {
        HttpClient http = bench.CreateClient();
        ConversationClient client = protocol == Protocol.Native
            ? new NativeClient(http) { Form = form }
            : new ChatClient(http) { Form = form };
        if (fault is not null)
        {
            client.Headers.Add(EmulatorHeaders.Fault, fault.ToString());
        }

        client.Say(TwoCalls);
        using HttpRequestMessage request = client.CreateRequest();
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Of two calls: one event each, and the bracket that closes an array; with OpenAI the role, each call with all its arguments,
    /// the finish reason and the end mark.
    /// </summary>
    private static int EventsOf(Protocol protocol, AnswerForm form) =>
        protocol == Protocol.Chat ? 5 : form == AnswerForm.JsonArray ? 3 : 2;
}
