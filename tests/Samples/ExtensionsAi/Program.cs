using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAI;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHttpClient("gemini").AddSignatureRestoration();
builder.Services.AddChatClient(services =>
{
    var http = services.GetRequiredService<IHttpClientFactory>().CreateClient("gemini");
    var endpoint = new Uri(builder.Configuration["Gemini:Endpoint"]!);
    return new OpenAIClient(new ApiKeyCredential(builder.Configuration["Gemini:Key"]!),
        new OpenAIClientOptions { Endpoint = endpoint, Transport = new HttpClientPipelineTransport(http) })
        .GetChatClient("gemini-3-pro-preview").AsIChatClient();
}).UseFunctionInvocation();
using var host = builder.Build();

var chat = host.Services.GetRequiredService<IChatClient>();
var weather = AIFunctionFactory.Create(() => "Rain", "weather", "The weather where the user is.");
Console.WriteLine(await chat.GetResponseAsync("Do I need an umbrella?", new ChatOptions { Tools = [weather] }));
