using System.Text.Json.Nodes;

namespace FastSignatureCache.Http.Tests.Properties;

/// <summary>One request and its answer.</summary>
internal sealed record Exchange(JsonObject Request, JsonObject Answer);
