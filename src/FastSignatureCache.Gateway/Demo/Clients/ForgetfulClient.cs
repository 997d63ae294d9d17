using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Gateway.Demo.Clients;

/// <summary>
/// One conversation of a client that drops signatures the way many do: it keeps an answer's text and calls in objects of its own, and
/// writes the history from those. Not thread-safe.
/// </summary>
/// <param name="http">Where requests go.</param>
/// <param name="form">The form it asks for.</param>
internal abstract class ForgetfulClient(HttpClient http, AnswerForm form)
{
    private const int MaxSteps = 20;

    /// <summary>The credential it sends; every one is a caller of its own.</summary>
    public string Key { get; init; } = "demo-key";

    protected AnswerForm Form { get; } = form;

    /// <summary>Says something, and answers the model's calls until it has no more.</summary>
    public async Task<PlayResult> SayAsync(string text, CancellationToken cancellationToken)
    {
        AddUserText(text);
        for (var step = 1; step <= MaxSteps; step++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path)
            {
                Content = new StringContent(CreateBody().ToJsonString(), Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            using var response = await http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return new PlayResult(step, await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false));
            }

            if (!AddAnswer(await Answers.ReadAsync(response.Content, Form, cancellationToken).ConfigureAwait(false)))
            {
                return new PlayResult(step, null);
            }
        }

        return new PlayResult(MaxSteps, "The model does not come to an end.");
    }

    protected abstract string Path { get; }

    protected abstract JsonObject CreateBody();

    protected abstract void AddUserText(string text);

    /// <summary>Adds an answer and the results of its calls to the history.</summary>
    /// <returns>Whether there were calls.</returns>
    protected abstract bool AddAnswer(IReadOnlyList<JsonNode> pieces);

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        try
        {
            var error = JsonNode.Parse(body);
            error = error is JsonArray array ? array[0] : error;
            return $"{status} {error?["error"]?["message"]}";
        }
        catch (JsonException)
        {
            return status;
        }
    }
}
