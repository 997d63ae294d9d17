using System.Net.Http.Headers;
using System.Text.Json;

// A chat backend: a page posts the history as it remembers it, and gets the model's answer. The key stays here.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHttpClient("gemini", client =>
{
    client.BaseAddress = new Uri(builder.Configuration["Gemini:Endpoint"]!);
    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", builder.Configuration["Gemini:Key"]);
}).AddSignatureRestoration();
var app = builder.Build();

app.MapPost("/conversations/{id}", async (string id, JsonElement history, IHttpClientFactory clients, CancellationToken cancellation) =>
{
    using var request = new HttpRequestMessage(HttpMethod.Post, "chat/completions") { Content = JsonContent.Create(history) };
    request.Headers.Add("X-Conversation-Id", id);
    using var response = await clients.CreateClient("gemini").SendAsync(request, cancellation);
    var answer = await response.Content.ReadAsStringAsync(cancellation);
    return Results.Content(answer, "application/json", statusCode: (int)response.StatusCode);
});

app.Run();
