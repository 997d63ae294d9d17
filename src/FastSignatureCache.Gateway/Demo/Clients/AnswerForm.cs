namespace FastSignatureCache.Gateway.Demo.Clients;

/// <summary>The form in which a client asks for its answers.</summary>
internal enum AnswerForm
{
    Json,
    JsonArray,
    Events,
}
