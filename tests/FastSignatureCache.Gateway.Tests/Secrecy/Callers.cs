using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Tests.Conversations;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>Clients that have their key in each place; what is theirs is searched for from then on.</summary>
internal sealed class Callers(Uri gateway, SecretSearch secrets, Observations seen)
{
    private const string ConversationHeader = "X-Conversation-Id";

    private static readonly EmulatorFault[] Faults =
    [
        EmulatorFault.AnswerStatus(503), EmulatorFault.AnswerStatus(429), EmulatorFault.CutAfterBytes(300), EmulatorFault.CutAfterEvents(1),
    ];

    // As it came: by default a plus sign is escaped.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    /// <summary>Has a conversation in each protocol and form, with the key in each place.</summary>
    /// <returns>The signatures that came.</returns>
    public async Task<HashSet<string>> TalkAsync()
    {
        HashSet<string> issued = [];
        foreach (var place in Enum.GetValues<KeyPlace>())
        {
            using var http = Connect(place);
            foreach (var client in Clients(http))
            {
                client.Headers.Add(ConversationHeader, client.Headers[EmulatorHeaders.Conversation]);
                client.Say("Read the files. [steps: 1,2,1,1]");
                while (!client.IsOver)
                {
                    await client.StepAsync();
                    issued.UnionWith(client.LastAnswer.SelectMany(static item => Planted.SignaturesIn(item.ToJsonString(Relaxed))));
                }

                Assert.Null(client.Refusal);
            }
        }

        Plant(issued);
        return issued;
    }

    /// <summary>Has conversations that meet each fault, lack signatures that nobody has, or bring damaged ones.</summary>
    public async Task FailAsync()
    {
        using var http = Connect(KeyPlace.Query);
        foreach (var client in Clients(http))
        {
            client.Headers.Add(ConversationHeader, "of faults, " + client.Headers[EmulatorHeaders.Conversation]);
            client.Say("Read other files. [steps: 1,1,1]");
            await client.StepAsync();
            foreach (var fault in Faults)
            {
                using var request = client.CreateRequest();
                request.Headers.Add(EmulatorHeaders.Fault, fault.ToString());
                Plant(Planted.SignaturesIn(await ReadWhatComesAsync(http, request)));
            }

            if (client.Form == AnswerForm.ServerSentEvents)
            {
                await GiveUpAsync(http, client);
            }

            using var damaged = client.CreateRequest();
            await DamageAsync(damaged);
            Assert.Contains("signature", await ReadWhatComesAsync(http, damaged), StringComparison.OrdinalIgnoreCase);
            using var lacking = client.CreateRequest();
            lacking.Headers.Remove(ConversationHeader);
            lacking.Headers.Add(ConversationHeader, "one of which nothing is kept");
            Assert.Contains("signature", await ReadWhatComesAsync(http, lacking), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Sends a body with the key in each place, and shows the answers to the search: they are the gateway's own.</summary>
    public async Task<List<HttpStatusCode>> PostAsync(string path, string body)
    {
        List<HttpStatusCode> statuses = [];
        foreach (var place in Enum.GetValues<KeyPlace>())
        {
            using var http = Connect(place);
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            };
            request.Headers.Add("x-api-key", Planted.KeyAt(place));
            try
            {
                using var response = await http.SendAsync(request, Ended);
                statuses.Add(response.StatusCode);
                var text = await response.Content.ReadAsStringAsync(Ended);
                if (!response.IsSuccessStatusCode)
                {
                    seen.Add($"error of {path}", $"{response}\n{text}");
                }
            }
            catch (HttpRequestException)
            {
                // Part of the answer was out, so the connection is cut.
            }
        }

        return statuses;
    }

    /// <summary>Sends a request that no client library would, and that ends the connection.</summary>
    public async Task SendRawAsync(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port, Ended);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Ended);
        using var answer = new StreamReader(client.GetStream(), Encoding.Latin1);
        seen.Add("answer to a bad request", await answer.ReadToEndAsync(Ended));
    }

    private static IEnumerable<ConversationClient> Clients(HttpClient http) =>
    [
        .. Enum.GetValues<AnswerForm>().Select(form => new NativeClient(http) { Form = form, Mark = $"native {form}" }),
        new ChatClient(http) { Form = AnswerForm.Json, Mark = "chat", KeepsCallIds = true },
        new ChatClient(http) { Form = AnswerForm.ServerSentEvents, Mark = "chat events" },
    ];

    /// <summary>As much of an answer as comes before it is cut off.</summary>
    private static async Task<string> ReadWhatComesAsync(HttpClient http, HttpRequestMessage request)
    {
        using var answer = new MemoryStream();
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ended);
            await response.Content.CopyToAsync(answer, Ended);
        }
        catch (Exception cutOff) when (cutOff is HttpRequestException or IOException)
        {
            // What has come is what counts.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static async Task GiveUpAsync(HttpClient http, ConversationClient client)
    {
        using var request = client.CreateRequest();
        request.Headers.Add(EmulatorHeaders.Fault, EmulatorFault.StallAfterEvents(1).ToString());
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ended);
        await using var answer = await response.Content.ReadAsStreamAsync(Ended);
        Assert.NotEqual(0, await answer.ReadAsync(new byte[16], Ended));
    }

    /// <summary>Gives each call of a history a signature that no upstream has made.</summary>
    private static async Task DamageAsync(HttpRequestMessage request)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(Ended))!;
        foreach (var part in (body["contents"]?.AsArray() ?? []).SelectMany(static content => content!["parts"]!.AsArray()))
        {
            if (part!["functionCall"] is not null)
            {
                part["thoughtSignature"] = Planted.Signature;
            }
        }

        foreach (var call in (body["messages"]?.AsArray() ?? []).SelectMany(static message => message!["tool_calls"]?.AsArray() ?? []))
        {
            call!["extra_content"] = new JsonObject { ["google"] = new JsonObject { ["thought_signature"] = Planted.Signature } };
        }

        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
    }

    private HttpClient Connect(KeyPlace place)
    {
        secrets.Add($"the key at {place}", Planted.KeyAt(place));
        return new HttpClient(new KeyPlacing(place, Planted.KeyAt(place))) { BaseAddress = gateway };
    }

    private void Plant(IEnumerable<string> signatures)
    {
        foreach (var signature in signatures)
        {
            secrets.Add("a signature", signature);
        }
    }
}
