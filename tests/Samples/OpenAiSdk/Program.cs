using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAI;
using OpenAI.Chat;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHttpClient("gemini").AddSignatureRestoration();
using var host = builder.Build();

var http = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("gemini");
var endpoint = new Uri(builder.Configuration["Gemini:Endpoint"]!);
var chat = new ChatClient("gemini-3-pro-preview", new ApiKeyCredential(builder.Configuration["Gemini:Key"]!),
    new OpenAIClientOptions { Endpoint = endpoint, Transport = new HttpClientPipelineTransport(http) });

var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("weather", "The weather where the user is.") } };
List<ChatMessage> history = [new UserChatMessage("Do I need an umbrella?")];
ChatCompletion answer;
while ((answer = await chat.CompleteChatAsync(history, options)).ToolCalls.Count > 0)
{
    // The history gets the calls and nothing that stood beside them, as in most code.
    history.Add(new AssistantChatMessage(answer.ToolCalls.Select(call =>
        ChatToolCall.CreateFunctionToolCall(call.Id, call.FunctionName, call.FunctionArguments))));
    history.AddRange(answer.ToolCalls.Select(call => new ToolChatMessage(call.Id, "Rain")));
}

Console.WriteLine(answer.Content[0].Text);
