using System.Globalization;
using System.Text;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Conversations;

namespace FastSignatureCache.Durability.Load;

/// <summary>
/// One conversation, a single turn with a long tool loop, so that all of its signatures are wanted back at every request. The client drops
/// them; the test remembers them.
/// </summary>
internal sealed class Talk
{
    private const int MaxSteps = 8;
    private const int MaxCalls = 2;

    private readonly HttpClient _http;
    private readonly ConversationClient _client;
    private readonly int _steps;
    private readonly List<string> _signatures = [];

    public Talk(HttpClient http, int number, Random random)
    {
        _http = http;
        _client = Create(http, number);
        int[] steps = [.. Enumerable.Range(0, random.Next(2, MaxSteps + 1)).Select(_ => random.Next(1, MaxCalls + 1))];
        _steps = steps.Length;
        _client.Say(string.Create(CultureInfo.InvariantCulture, $"Conversation {number}. [steps: {string.Join(',', steps)}]"));
    }

    /// <summary>How many answers the client has received whole.</summary>
    public int Responses { get; private set; }

    /// <summary>All signatures in them, in order.</summary>
    public IReadOnlyList<string> Signatures => _signatures;

    /// <summary>What the upstream said to a request that lacked a signature.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether there is nothing more to say.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Sends the next request.</summary>
    /// <returns>Whether a whole answer came.</returns>
    public async Task<bool> StepAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var request = _client.CreateRequest();
        var received = await Received.ReadAsync(_http, request, cancellationToken);
        if (received.Status is >= 400 and < 500)
        {
            Refusal = Encoding.UTF8.GetString(received.Body);
            IsOver = true;
        }
        else if (received.Status == 200 && await received.AnswerAsync(cancellationToken) is { } answer)
        {
            _signatures.AddRange(answer.SelectMany(SignatureTexts.In));
            _client.Take(answer);
            Responses++;
            IsOver = _client.IsOver;
            return true;
        }
        else
        {
            // Asked again, the model signs anew. If the gateway had kept the answer that the client never got, only an id can tell which
            // of the two is meant: without one, a client begins another conversation.
            IsOver |= !_client.KeepsCallIds || Responses >= _steps;
        }

        return false;
    }

    /// <summary>Sends the history once more, such that the upstream does not answer it.</summary>
    /// <param name="name">Under which name the upstream finds the request.</param>
    public async Task ReplayAsync(string name)
    {
        using var request = _client.CreateRequest();
        request.Headers.Add(EmulatorHeaders.Fault, EmulatorFault.AnswerStatus(503).ToString());
        request.Headers.Add(Replays.Header, name);
        var received = await Received.ReadAsync(_http, request, TestContext.Current.CancellationToken);
        Assert.Equal(503, received.Status);
    }

    // Eight kinds of clients; each of the eight that run at once is another.
    private static ConversationClient Create(HttpClient http, int number)
    {
        var model = number % 3 == 0 ? "gemini-3-flash-preview" : "gemini-3-pro-preview";
        var key = $"caller {number % 5}";
        return (number % 8) switch
        {
            0 or 1 => new NativeClient(http) { Model = model, Key = key, Form = AnswerForm.Json, KeepsCallIds = number % 8 == 0 },
            2 or 3 => new NativeClient(http) { Model = model, Key = key, Form = AnswerForm.ServerSentEvents, KeepsCallIds = number % 8 == 2 },
            4 => new NativeClient(http) { Model = model, Key = key, Form = AnswerForm.JsonArray },
            5 => new ChatClient(http) { Model = model, Key = key, Form = AnswerForm.Json, KeepsCallIds = true },
            _ => new ChatClient(http) { Model = model, Key = key, Form = AnswerForm.ServerSentEvents, KeepsCallIds = number % 8 == 6 },
        };
    }
}
