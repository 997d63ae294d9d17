using FastSignatureCache.Gateway.Tests.Clients;

namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>Fifty conversations of one caller, on two models, in all forms of a protocol; not one names itself.</summary>
internal sealed class Crowd
{
    public const int Size = 50;

    private static readonly string[] Models = ["gemini-3-pro-preview", "gemini-3-flash-preview"];

    private readonly ConversationClient[] _clients;

    public Crowd(Bench bench, Protocol protocol, Func<int, string>? toolResult = null)
    {
        HttpClient http = bench.CreateClient();
        _clients = [.. Enumerable.Range(0, Size).Select(Create)];

        ConversationClient Create(int number)
        {
            // The models alternate in pairs, so that each meets every form.
            string model = Models[number / 6 % Models.Length];
            string mark = $"conversation {number}";
            string result = toolResult?.Invoke(number) ?? "done";
            return protocol == Protocol.Native
                ? new NativeClient(http) { Model = model, Mark = mark, ToolResult = result, Form = (AnswerForm)(number % 3) }
                : new ChatClient(http) { Model = model, Mark = mark, ToolResult = result, Form = (AnswerForm)(number % 2) };
        }
    }

    /// <summary>How many have had no request refused.</summary>
    public int Passing => _clients.Count(client => client.Refusal is null);

    /// <summary>Has each say something, and takes all of them to the end of their turns.</summary>
    public async Task SayAsync(Func<int, string> text, Pace pace)
    {
        for (int number = 0; number < Size; number++)
        {
            _clients[number].Say(text(number));
        }

        if (pace == Pace.Free)
        {
            await Task.WhenAll(_clients.Select(client => client.RunAsync()));
        }
        else if (pace == Pace.InRounds)
        {
            await RunInRoundsAsync();
        }
        else
        {
            foreach (ConversationClient client in _clients)
            {
                await client.RunAsync();
            }
        }
    }

    private async Task RunInRoundsAsync()
    {
        while (_clients.Where(client => !client.IsOver).ToList() is { Count: > 0 } open)
        {
            await Task.WhenAll(open.Select(client => client.StepAsync()));
        }
    }
}
