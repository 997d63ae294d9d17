using FastSignatureCache;
using FastSignatureCache.Http;
using Yarp.ReverseProxy.Forwarder;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
builder.Services.AddSignatureCache();
builder.Services.AddSingleton<IForwarderHttpClientFactory, RestoringClientFactory>();
var app = builder.Build();

app.MapReverseProxy();
app.Run();

internal sealed class RestoringClientFactory(ISignatureCache cache) : ForwarderHttpClientFactory
{
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new SignatureRestoringHandler(cache) { InnerHandler = handler };
}
